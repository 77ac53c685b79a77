import { extensionOf } from './fileName.js'

/** What Dify calls a file's `type` in a message: the bucket an app allows or not. */
export type Kind = 'image' | 'document' | 'audio' | 'video' | 'custom'

/**
 * What a size limit applies to. Dify chooses it by the name's extension alone; `document` is everything that is not
 * an image, audio or video by extension.
 */
export type SizeCategory = 'image' | 'document' | 'audio' | 'video'

export const KINDS: readonly Kind[] = ['image', 'document', 'audio', 'video', 'custom']
export const SIZE_CATEGORIES: readonly SizeCategory[] = ['image', 'document', 'audio', 'video']

/**
 * Extensions by kind, lower case, without dots. Images, audio and video also choose the size category.
 *
 * Source: Dify's `api/constants` (size) and `graphon.file` (kind), which agree on all three media lists since Dify 1.7.2.
 */
export const KIND_EXTENSIONS: Readonly<Record<Exclude<Kind, 'custom'>, readonly string[]>> = {
  image: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'svg'],
  audio: ['mp3', 'm4a', 'wav', 'amr', 'mpga'],
  video: ['mp4', 'mov', 'mpeg', 'webm'],
  document: [
    'txt', 'markdown', 'md', 'mdx', 'pdf', 'html', 'htm', 'xlsx', 'xls', 'vtt', 'properties', 'doc', 'docx', 'csv',
    'eml', 'msg', 'ppt', 'pptx', 'xml', 'epub',
  ],
}

const KIND_BY_EXTENSION = new Map<string, Exclude<Kind, 'custom'>>()
for (const kind of SIZE_CATEGORIES) for (const extension of KIND_EXTENSIONS[kind]) KIND_BY_EXTENSION.set(extension, kind)

/**
 * The kind that Dify will see: by the extension first, by the MIME type only when the extension says nothing.
 *
 * Source: `graphon.file` up to 0.5.1 (Dify up to 1.16): a substring test on the MIME type, else `custom`.
 */
export function kindOf(file: { extension: string; mime: string }): Kind {
  const byExtension = KIND_BY_EXTENSION.get(normalExtension(file.extension))
  if (byExtension !== undefined) return byExtension
  const mime = file.mime.toLowerCase()
  if (mime.includes('image')) return 'image'
  if (mime.includes('video')) return 'video'
  if (mime.includes('audio')) return 'audio'
  if (mime.includes('text') || mime.includes('pdf')) return 'document'
  return 'custom'
}

/** The category whose size limit applies to a name, exactly as Dify decides: by extension, never by MIME type. */
export function sizeCategoryOf(name: string): SizeCategory {
  return KIND_BY_EXTENSION.get(extensionOf(name)) ?? 'document'
}

/** `.PDF`, `pdf` and ` .pdf ` are the same extension: `pdf`. */
export function normalExtension(extension: string): string {
  return extension.trim().replace(/^\.+/, '').toLowerCase()
}

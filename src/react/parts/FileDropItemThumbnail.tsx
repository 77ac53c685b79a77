'use client'
import { forwardRef, type ComponentPropsWithoutRef, useRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { extensionOf } from '../../dify/fileName.js'
import { useFileDropContext } from '../fileDropContext.js'
import { useItemEntry } from './entryContext.js'
import { TYPE_ICONS } from './icons.js'
import { usePreviewOf } from '../previews.js'
import { usePart, type PartProps } from './part.js'
import { useThumbnail } from './useThumbnail.js'

export interface FileDropItemThumbnailProps extends ComponentPropsWithoutRef<'span'>, PartProps<Entry & { thumbnail: string | null }> {}

/**
 * A small picture of an image, made from the local file when it comes into sight; an icon for everything else. The name
 * stands beside it, so it says nothing of its own. Renders a `span`; where there is a `<FilePreview>` for it, a `button` named
 * "Preview NAME" that opens it.
 */
export const FileDropItemThumbnail = forwardRef<HTMLSpanElement, FileDropItemThumbnailProps>(function FileDropItemThumbnail({ render, ...props }, ref) {
  const entry = useItemEntry('ItemThumbnail')
  const { messages } = useFileDropContext('ItemThumbnail')
  const open = usePreviewOf(entry)
  const tag = open === null ? 'span' : 'button'
  const node = useRef<HTMLSpanElement>(null)
  const thumbnail = useThumbnail(node, entry.kind === 'image' ? entry.file : null, tag)
  const TypeIcon = TYPE_ICONS[iconOf(entry)]
  return usePart(
    'item-thumbnail',
    tag,
    {
      ...(open !== null && { type: 'button', 'aria-haspopup': 'dialog', 'aria-label': messages.preview(entry.name), title: entry.name, onClick: open }),
      'data-kind': thumbnail === null ? iconOf(entry) : 'picture',
      children: thumbnail === null ? <TypeIcon /> : <img src={thumbnail} alt="" loading="lazy" decoding="async" draggable={false} />,
      ...props,
      ref: node,
    },
    { ...entry, thumbnail },
    render,
    ref,
  )
})

function iconOf(entry: Entry): keyof typeof TYPE_ICONS {
  if (entry.status === 'failed' && entry.error.code === 'folder_not_accepted') return 'folder'
  if (entry.status === 'uploaded' && entry.result.transfer_method === 'remote_url') return 'link'
  if (entry.kind === 'image' || entry.kind === 'audio' || entry.kind === 'video') return entry.kind
  const extension = extensionOf(entry.name)
  return (Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[]).find((icon) => EXTENSIONS[icon].includes(extension)) ?? 'file'
}

const EXTENSIONS = {
  table: ['csv', 'tsv', 'xls', 'xlsx', 'ods', 'numbers'],
  code: ['html', 'htm', 'xml', 'json', 'js', 'mjs', 'ts', 'tsx', 'jsx', 'css', 'py', 'java', 'c', 'h', 'cpp', 'go', 'rs', 'rb', 'sh', 'sql', 'yaml', 'yml', 'toml', 'ipynb'],
  text: ['txt', 'md', 'mdx', 'markdown', 'pdf', 'doc', 'docx', 'odt', 'rtf', 'epub', 'ppt', 'pptx', 'eml', 'msg', 'vtt', 'log', 'properties'],
  archive: ['zip', 'gz', 'tar', '7z', 'rar'],
}

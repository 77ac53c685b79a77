import type { Entry } from '../core/entry.js'
import { extensionOf } from '../dify/fileName.js'
import { mimeOfExtension } from '../dify/mime.js'

/** How a file is shown. */
export type View = 'image' | 'pdf' | 'audio' | 'video' | 'prose' | 'code'

/**
 * How to show an entry, by its name alone; null for what no browser shows, and where the bytes are not here. The file's own
 * `type` has no say: a page could be passed off as a picture with it.
 */
export function viewOf({ file, name, kind }: Entry): View | null {
  if (file === null) return null
  const extension = extensionOf(name)
  if (extension === 'pdf') return 'pdf'
  if (kind === 'image' || extension === 'svg') return 'image'
  if (kind === 'audio' || kind === 'video') return kind
  if (PROSE.has(extension)) return 'prose'
  const type = mimeOfExtension(extension) ?? ''
  if (CODE.has(extension) || type.startsWith('text/')) return 'code'
  return null
}

/** The type under which bytes are handed to the browser: that of the extension, or one that runs nothing. */
export function shownAs(view: View, name: string): string {
  if (view === 'pdf') return 'application/pdf'
  const type = mimeOfExtension(extensionOf(name)) ?? ''
  return type.startsWith(`${view}/`) ? type : ''
}

const PROSE = new Set(['txt', 'md', 'mdx', 'markdown', 'log', 'vtt'])
const CODE = new Set(['json', 'yaml', 'yml', 'toml', 'ini', 'ts', 'tsx', 'mts', 'jsx', 'go', 'rs', 'rb', 'sh', 'sql', 'properties', 'env', 'conf', 'ipynb', 'php', 'swift', 'kt'])

import { extensionOf } from './fileName.js'

/** The MIME type by which an extension should travel. The base types of Dify's own kinds, and what chats often carry. */
const MIME_BY_EXTENSION: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif', svg: 'image/svg+xml',
  bmp: 'image/bmp', heic: 'image/heic', heif: 'image/heif', tif: 'image/tiff', tiff: 'image/tiff', avif: 'image/avif',
  ico: 'image/x-icon',
  mp3: 'audio/mpeg', mpga: 'audio/mpeg', m4a: 'audio/mp4', wav: 'audio/wav', amr: 'audio/amr', ogg: 'audio/ogg',
  flac: 'audio/flac', aac: 'audio/aac', opus: 'audio/ogg',
  mp4: 'video/mp4', mov: 'video/quicktime', mpeg: 'video/mpeg', webm: 'video/webm', mkv: 'video/x-matroska',
  avi: 'video/x-msvideo', m4v: 'video/mp4',
  txt: 'text/plain', markdown: 'text/markdown', md: 'text/markdown', mdx: 'text/markdown', pdf: 'application/pdf',
  html: 'text/html', htm: 'text/html', csv: 'text/csv', tsv: 'text/tab-separated-values', vtt: 'text/vtt',
  properties: 'text/plain', xml: 'text/xml', log: 'text/plain', ini: 'text/plain', ts: 'text/plain', tsx: 'text/plain',
  mts: 'text/plain', js: 'text/javascript', mjs: 'text/javascript', jsx: 'text/plain', css: 'text/css',
  py: 'text/x-python', java: 'text/x-java', c: 'text/x-c', h: 'text/x-c', cpp: 'text/x-c', go: 'text/plain',
  rs: 'text/plain', rb: 'text/plain', sh: 'text/plain', sql: 'text/plain', yaml: 'application/yaml', yml: 'application/yaml',
  toml: 'text/plain', rtf: 'application/rtf', json: 'application/json', ipynb: 'application/x-ipynb+json',
  xls: 'application/vnd.ms-excel', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  doc: 'application/msword', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text', ods: 'application/vnd.oasis.opendocument.spreadsheet',
  eml: 'message/rfc822', msg: 'application/vnd.ms-outlook', epub: 'application/epub+zip', zip: 'application/zip',
  gz: 'application/gzip', tar: 'application/x-tar', '7z': 'application/x-7z-compressed',
}

/** What an unknown extension travels as. Dify refuses a part without any type (415). */
export const UNKNOWN_MIME = 'application/octet-stream'

/** The canonical MIME type of an extension (lower case, without dot), or null when we know none. */
export function mimeOfExtension(extension: string): string | null {
  return Object.hasOwn(MIME_BY_EXTENSION, extension) ? MIME_BY_EXTENSION[extension]! : null
}

/** The extension by which a MIME type is best known, or null: names a pasted picture that came without a name. */
export function extensionOfMime(mime: string): string | null {
  const bare = bareMime(mime)
  for (const extension in MIME_BY_EXTENSION) if (MIME_BY_EXTENSION[extension] === bare) return extension
  return null
}

/**
 * The MIME type a file should be sent with. A missing or meaningless type is filled from the extension, and two that
 * browsers get wrong are put right: Excel on Windows registers `.csv` as `application/vnd.ms-excel`, and `.ts` source
 * is `video/mp2t` to most systems, which would make Dify call it a video. Any other declared type stands that is one by
 * RFC 6838, no longer than Dify's column for it (255 characters).
 */
export function repairMime(name: string, declared: string): string {
  const extension = extensionOf(name)
  const mime = bareMime(declared)
  const canonical = mimeOfExtension(extension)
  if (mime === '' || mime === UNKNOWN_MIME || !/^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/.test(mime)) return canonical ?? UNKNOWN_MIME
  if (extension === 'csv' && mime === 'application/vnd.ms-excel') return 'text/csv'
  if ((extension === 'ts' || extension === 'mts') && mime === 'video/mp2t') return 'text/plain'
  return mime
}

function bareMime(mime: string): string {
  const semicolon = mime.indexOf(';')
  return (semicolon < 0 ? mime : mime.slice(0, semicolon)).trim().toLowerCase()
}

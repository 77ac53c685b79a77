import { mimeOfExtension } from '../dify/mime.js'
import type { Content } from './contentOf.js'

/** What the bytes are instead; null where nobody can say. */
export interface Found {
  extension: string | null
  mime: string | null
}

/**
 * Compares what a name claims with what the bytes are: null where they agree, or where there is nothing to compare.
 *
 * @param claimed extension of the name: lower case, without dot, `''` for none.
 * @param size of the whole file, in bytes.
 */
export function disagreement(claimed: string, content: Content, size: number): Found | null {
  const claim = claimOf(claimed)
  if (content.type === 'zeros') return claim === 'none' || claimed === 'tar' ? null : NOTHING
  if (content.type === 'known') {
    const found = { extension: content.extension, mime: content.mime }
    if (isAlike(claimed, content.extension)) return isTooShort(content.extension, size) ? NOTHING : null
    if (claim === 'none') return claimed !== '' && EXECUTABLE.has(content.extension) ? found : null
    // Two letters make a "BM" bitmap or an "MZ" program: not of a text that only begins so.
    if (claim === 'text' && content.isText && !TEXT_THAT_DIFFERS.has(content.extension)) return null
    return found
  }
  return claim === 'signed' ? NOTHING : null
}

const NOTHING: Found = { extension: null, mime: null }

/**
 * What an extension promises. `signed`: its files always begin with a signature that we know. `text`: it is read as text.
 * `some`: a known binary type whose files need not begin with one. `none`: anything may be in it.
 */
function claimOf(extension: string): 'signed' | 'text' | 'some' | 'none' {
  if (SIGNED.has(extension)) return 'signed'
  const mime = mimeOfExtension(extension)
  if (mime !== null) return /^text\/|^message\/|json$|yaml$|\+xml$/.test(mime) ? 'text' : 'some'
  return FAMILIES.some((family) => family.includes(extension)) ? 'some' : 'none'
}

const SIGNED = new Set([
  'jpg', 'jpeg', 'png', 'gif', 'webp', 'heic', 'heif', 'avif', 'pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'epub', 'zip',
  'gz', '7z', 'wav', 'flac', 'ogg', 'webm', 'mkv', 'mp4', 'm4a',
])

const EXECUTABLE = new Set(['exe', 'elf', 'macho'])

const TEXT_THAT_DIFFERS = new Set(['pdf', 'rtf'])

/** What is found (first) may be called any of these: the same container, an older or newer name, a kind of it. */
function isAlike(claimed: string, found: string): boolean {
  if (claimed === found) return true
  if (found === 'zip' && ZIP_BASED.has(claimed)) return true
  if (claimed === 'zip' && ZIP_BASED.has(found)) return true
  // Documents with a password are encrypted inside the older container.
  if (found === 'cfb' && COMPOUND.has(claimed)) return true
  if (found === 'xml' && /^(svg|x?html?|xlsx?|doc|xsl|xsd|rss|atom|kml|gpx|plist|wsdl|opml|drawio|tcx|xlf|xliff|resx|csproj)$/.test(claimed)) return true
  if (found === 'rtf' && claimed === 'doc') return true
  if (found === 'html' && /^(x?html?|mhtml?|md|mdx|markdown|vue|svelte|xls|doc|eml|php|jsp|ejs|hbs)$/.test(claimed)) return true
  return FAMILIES.some((family) => family.includes(claimed) && family.includes(found))
}

const FAMILIES: readonly (readonly string[])[] = [
  ['jpg', 'jpeg', 'jpe', 'jfif', 'mpo'],
  ['png', 'apng'],
  ['tif', 'tiff', 'dng', 'nef', 'arw', 'cr2', 'orf', 'rw2'],
  ['heic', 'heif', 'hif'],
  ['ico', 'cur'],
  ['svg', 'svgz', 'gz'],
  ['mp4', 'm4a', 'm4v', 'm4b', 'm4p', 'mov', 'qt', '3gp', '3g2', 'f4v', 'f4a', 'f4b', 'f4p', 'mj2'],
  ['mp3', 'mpga', 'mp2', 'mp1', 'mpeg'],
  ['aac', 'm4a'],
  ['mpg', 'mpeg', 'mpe', 'm2v', 'vob', 'mts', 'm2ts', 'ts', 'mp2', 'mp1'],
  ['webm', 'mkv', 'mka', 'mk3d', 'weba'],
  ['ogg', 'oga', 'ogv', 'ogx', 'ogm', 'opus', 'spx'],
  ['asf', 'wma', 'wmv'],
  ['wav', 'wave'],
  ['aif', 'aiff', 'aifc'],
  ['docx', 'docm', 'dotx', 'dotm'],
  ['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb'],
  ['pptx', 'pptm', 'potx', 'potm', 'ppsx', 'ppsm'],
  ['odt', 'ott'],
  ['ods', 'ots'],
  ['jar', 'war', 'ear', 'apk'],
  ['gz', 'tgz', 'tar'],
  ['ps', 'eps', 'ai'],
  ['pdf', 'ai'],
  ['exe', 'dll', 'sys', 'scr', 'com', 'ocx', 'cpl', 'efi', 'pyd', 'node', 'mui'],
  ['elf', 'so', 'o', 'ko', 'run', 'axf', 'appimage', 'node', 'bin'],
  ['macho', 'dylib', 'bundle', 'o', 'so', 'node', 'bin'],
]

const ZIP_BASED = new Set([
  'docx', 'docm', 'dotx', 'dotm', 'xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb', 'pptx', 'pptm', 'potx', 'potm', 'ppsx', 'ppsm',
  'odt', 'ods', 'odp', 'odg', 'ott', 'ots', 'otp', 'epub', 'jar', 'war', 'ear', 'apk', 'ipa', 'aab', 'xpi', '3mf', 'kmz',
  'usdz', 'vsdx', 'whl', 'cbz', 'pages', 'numbers', 'key', 'sketch', 'nupkg', 'vsix', 'idml', 'mscz', 'xmind', 'crx',
])

const COMPOUND = new Set([
  'doc', 'dot', 'xls', 'xlt', 'ppt', 'pps', 'pot', 'msg', 'msi', 'vsd', 'pub', 'mpp', 'wps', 'hwp', 'db', 'docx', 'xlsx',
  'pptx', 'docm', 'xlsm', 'pptm', 'dotx', 'xltx', 'potx',
])

/** Bytes below which a file of a type cannot hold anything. */
const SHORTEST: Readonly<Record<string, number>> = {
  jpg: 100, png: 57, gif: 26, webp: 26, pdf: 60, zip: 22, docx: 200, xlsx: 200, pptx: 200, wav: 44, mp4: 32, webm: 32, heic: 64,
}

function isTooShort(found: string, size: number): boolean {
  return size < (SHORTEST[found] ?? 0)
}

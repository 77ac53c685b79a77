import { extensionOfMime } from '../../dify/mime.js'

/**
 * The files of a paste, or none where the paste is text. Word and Excel put a picture of the text beside it: that text
 * must stay text. A copied file comes with its name as text, and a copied picture with markup around it: these are files.
 *
 * Pictures without a name of their own get one that tells when they were pasted.
 *
 * @param now for those names.
 */
export function takePasted(clipboard: DataTransfer, now: Date): File[] {
  const files = Array.from(clipboard.files)
  if (files.length === 0) return []
  const isAllPictures = files.every((file) => file.type.startsWith('image/'))
  if (isAllPictures && hasText(clipboard, files)) return []
  return files.map((file, i) => named(file, now, i))
}

function hasText(clipboard: DataTransfer, files: readonly File[]): boolean {
  const plain = clipboard.getData('text/plain').trim()
  if (plain !== '') {
    const names = new Set(files.map((file) => file.name))
    return !plain.split(/\r\n|\r|\n/).every((line) => names.has(line.slice(line.lastIndexOf('/') + 1)))
  }
  const html = clipboard.getData('text/html')
  // Parsed into a document of its own: nothing in it runs or loads.
  return html !== '' && (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '').trim() !== ''
}

/** Every browser calls a pasted screenshot `image.png`. */
function named(file: File, now: Date, i: number): File {
  if (!file.type.startsWith('image/') || !/^(?:image\.\w+)?$/.test(file.name)) return file
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('')
  const number = i === 0 ? '' : `-${i + 1}`
  const extension = extensionOfMime(file.type) ?? 'png'
  return new File([file], `pasted-image-${day}-${time}${number}.${extension}`, { type: file.type, lastModified: file.lastModified })
}

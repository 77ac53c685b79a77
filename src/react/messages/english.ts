import { CATEGORIES, capital, KINDS } from './englishNouns.js'
import { errorsAtOnce } from './englishErrors.js'
import type { Formats } from './formats.js'
import type { Acceptance, Messages } from './messages.js'

/** The words in English as a page has them at once: of `en`, all but the sentences for most failures. */
export const english: Messages = {
  language: 'en',

  trigger: 'Attach files',
  input: 'Files',
  list: 'Attachments',
  zone: 'Add files',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'or drop or paste them here' : drop ? 'or drop them here' : paste ? 'or paste them here' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'This app takes no files.'
    const count = accepted.maxFiles === null ? '' : `, ${formats.number(accepted.maxFiles)} ${accepted.maxFiles === 1 ? 'file' : 'files'} at most`
    if (accepted.extensions.length > 0 && accepted.kinds.length === 0) {
      const largest = Math.max(...accepted.maxBytes.map((it) => it.bytes))
      return `${EXTENSIONS(accepted, formats)} up to ${formats.bytes(largest)}${count}.`
    }
    const also = accepted.extensions.length === 0 ? '' : `, plus ${EXTENSIONS(accepted, formats)}`
    return `${capital(sizes(accepted, formats))}${also}${count}.`
  },
  ignored: 'Pictures may go unseen: this app’s image upload is set up in an old way that Dify ignores.',
  acceptsShort: (accepted, formats) => {
    if (accepted.anything) return 'Any kind of file'
    const kinds = accepted.kinds.map((kind) => KINDS[kind])
    const listed = accepted.extensions.map((extension) => `.${extension}`)
    return capital(formats.list([...kinds, ...listed.slice(0, 6)]))
  },
  overlay: { drop: 'Drop to attach', refuse: 'This can’t be attached here' },

  uploading: (name) => `Uploading ${name}`,
  remove: (name) => `Remove ${name}`,
  retry: (name) => `Retry ${name}`,
  retryShort: 'Retry',
  choose: (name) => `Choose the file again: ${name}`,
  chooseShort: 'Choose the file again',
  rename: (name) => `Rename ${name}`,
  renameShort: 'Rename',
  newName: (name) => `New name for ${name}`,
  fixes: {
    removeCopy: 'Remove the copy',
    removeCopyOf: (name) => `Remove the copy of ${name}`,
    renameTo: (newName) => `Rename to ${newName}`,
    renameFromTo: (name, newName) => `Rename to ${newName}, now ${name}`,
    useOriginal: 'Use the original',
    useOriginalOf: (name) => `Use the original of ${name}`,
  },
  link: {
    open: 'Add a link',
    address: 'Web address of a file',
    add: 'Add',
    cancel: 'Cancel',
    invalid: 'This is no web address. One begins with https://',
  },
  preview: (name) => `Preview ${name}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} of ${formats.number(of)}`,
    previous: 'Previous file',
    next: 'Next file',
    close: 'Close',
    nothing: 'This browser can’t show this file. It is attached all the same.',
    cut: (bytes, formats) => `Only the first ${formats.bytes(bytes)} are shown.`,
  },
  moreWays: 'More ways to attach',
  ways: { device: 'Choose files', camera: 'Take a photo', folder: 'Choose a folder', link: 'Add a link' },
  move: (name) => `Move ${name}`,
  moveTo: { start: 'To the start', earlier: 'Earlier', later: 'Later', end: 'To the end' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Preparing…'
      case 'queued': return 'Waiting its turn'
      case 'not_started': return 'Not sent yet'
      case 'uploading':
        if (facts.percent === null) return 'Uploading…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, ${formats.duration(facts.left)} left`
      case 'finishing': return 'Finishing…'
      case 'stalled': return 'Nothing is moving…'
      case 'waiting': return `Trying again in ${formats.duration(facts.wait)}`
      case 'offline': return 'Waiting for the connection'
      case 'uploaded': return 'Attached'
      case 'link': return 'Link'
    }
  },
  sizeOfRest: (count, formats) => `and ${formats.number(count - 1)} more`,

  errors: errorsAtOnce(),
  notes: {
    renamed: ({ from }) => `Renamed from “${from}”`,
    converted: ({ from, to }, formats) => `${to < from ? 'Made smaller' : 'Converted'}: ${formats.bytes(from)} → ${formats.bytes(to)}`,
    duplicate: () => 'Already in the list',
    'content-differs': ({ extension }) => (extension === null ? 'The content does not match the name' : `The content looks like ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${names[0]} added.` : `${formats.number(count)} files added.`),
    uploaded: (names, count, formats) => (count === 1 ? `${names[0]} attached.` : `${formats.number(count)} files attached.`),
    half: (name) => `Half of ${name} is sent.`,
    removed: (name) => `${name} removed.`,
    moved: (name, place, of, formats) => `${name} moved to place ${formats.number(place)} of ${formats.number(of)}.`,
    renamed: (name, newName) => `${name} renamed to ${newName}.`,
    original: (name) => `The original of ${name} is sent instead.`,
    offline: 'No connection. Uploads wait for it.',
    online: 'The connection is back.',
    drop: 'Drop to attach.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `And ${formats.number(count)} more with a problem.`,
  },
  draft: {
    elsewhere: 'Another tab keeps this draft. Files added here are gone when this page closes.',
    unavailable: 'This browser keeps no drafts. Files that are not sent are gone when this page closes.',
    notKept: (names, count, formats) =>
      count === 1 ? `There is no room to keep ${names[0]}. If this page closes, choose it again.` : `There is no room to keep ${formats.number(count)} files. If this page closes, choose them again.`,
    expired: (count, formats) => (count === 1 ? 'A file of this draft was kept too long and is gone.' : `${formats.number(count)} files of this draft were kept too long and are gone.`),
  },
  send: {
    preparing: 'Files are being prepared…',
    uploading: 'Waiting for files to upload…',
    waiting: 'Waiting to try an upload again…',
    offline: 'Waiting for the connection…',
    failed: 'A file failed. Retry or remove it, or send without it.',
    not_started: 'Files are not uploaded yet.',
    required: 'Attach a file first.',
    too_many: 'Too many files for one message. Remove some.',
    sending: 'Sending…',
    sendFailed: 'The message was not sent. Nothing is lost: try again.',
  },
}

const EXTENSIONS = ({ extensions }: Acceptance, formats: Formats): string => {
  const shown = extensions.slice(0, 12).map((extension) => `.${extension}`)
  const more = extensions.length - shown.length
  return formats.list(more > 0 ? [...shown, `${formats.number(more)} more`] : shown)
}

/** "images up to 10 MB, documents up to 15 MB": categories with the same limit are told together. */
function sizes({ anything, kinds, maxBytes }: Acceptance, formats: Formats): string {
  const bySize = new Map<number, string[]>()
  for (const { category, bytes } of maxBytes) {
    const isOnlyOther = category === 'document' && !anything && !kinds.includes('document')
    const word = category !== 'document' ? CATEGORIES[category] : isOnlyOther ? 'other files' : anything || kinds.includes('custom') ? 'documents and other files' : 'documents'
    bySize.set(bytes, [...(bySize.get(bytes) ?? []), word])
  }
  return [...bySize].map(([bytes, words]) => (bytes === Infinity ? formats.list(words) : `${formats.list(words)} up to ${formats.bytes(bytes)}`)).join(', ')
}

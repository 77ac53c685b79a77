import type { Layer } from '../../core/rules.js'
import type { Kind, SizeCategory } from '../../dify/kinds.js'
import type { Formats } from './formats.js'
import type { Acceptance, Messages } from './messages.js'

/** The words in English, which are also the default. */
export const en: Messages = {
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

  errors: {
    empty_file: () => 'This file is empty: it has 0 bytes. Choose one with something in it.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension === '' ? `${KINDS[facts.kind]} without an extension` : `.${facts.extension} files`
      const kinds = (facts.allowedKinds ?? []).filter((kind) => kind !== 'custom').map((kind) => KINDS[kind])
      const extensions = (facts.allowedExtensions ?? []).map((extension) => `.${extension}`)
      const allowed = [...kinds, ...extensions]
      return allowed.length === 0
        ? `${capital(who(facts.layer))} does not take ${what}.`
        : `${capital(who(facts.layer))} does not take ${what}, only ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const [one, many] = facts.kind === 'image' ? ['image', 'images'] : ['file', 'files']
      const rule = `${who(facts.layer)} takes ${facts.limit === 0 ? 'no' : formats.number(facts.limit)} ${facts.limit === 1 ? one : many} in a message`
      if (facts.limit === 0) return `Not added: ${rule}.`
      if (facts.count === 1) return `Not added: ${rule}. Remove one to make room.`
      const more = facts.count - facts.names.length
      const names = formats.list(more > 0 ? [...facts.names, `${formats.number(more)} more`] : facts.names)
      return `${formats.number(facts.count)} ${many} were not added, because ${rule}: ${names}. Remove some to make room.`
    },
    file_name_invalid: ({ facts }) =>
      facts.reason === 'not_a_link' ? 'This is no web address. One begins with https://' : 'This file has no name. Rename it and choose it again.',
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'There are no files in this folder.'
        case 'too_many_files': return facts.limit === null ? 'This folder holds too many files; the first were taken.' : `This folder holds more than ${formats.number(facts.limit)} files; only the first ${formats.number(facts.limit)} were taken.`
        case 'not_accepted': return 'Folders can’t be attached here. Open it and choose the files in it.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${capital(who(facts.layer))} takes no files.`
        case 'local_files': return `${capital(who(facts.layer))} takes links only, no files from a device.`
        case 'links': return `${capital(who(facts.layer))} takes no links, only files from a device.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'This page does not take this file.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `The name says .${facts.extension}, but the content is something else. Check the file.`
        : `The name says .${facts.extension}, but the content is ${facts.found.toUpperCase()}. Rename it to .${facts.found} if that is right.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'This file was changed after it was chosen. Choose it again.'
        case 'missing': return 'This file is no longer there: it was moved, renamed or deleted. Choose it again.'
        case 'not_readable': return 'This file can’t be read. It may be locked, or not downloaded to this device yet.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} is more than the server takes for ${CATEGORIES[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} is over ${whose(facts.layer ?? 'app')} ${limit} limit for ${CATEGORIES[facts.category]}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} is more than the Dify server takes in one upload.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} is more than a server on the way to Dify lets through. Its operator can raise that limit.`,
    unsupported_file_type: (_, { name }) => `Dify does not take this type of file${extensionWords(name)}.`,
    too_many_files: () => 'Dify takes one file in an upload and was sent more.',
    filename_not_exists_error: () => 'Dify was sent no name for this file. Rename it and choose it again.',
    invalid_param: () => 'Dify did not accept this file as it was sent. Its name may hold a character that Dify does not take.',
    bad_request_key_error: () => 'The file did not reach Dify whole. Try again.',
    no_file_uploaded: () => 'The file did not reach Dify. Try again.',
    upload_incomplete: ({ facts }, _, formats) =>
      `Only ${formats.bytes(facts.stored)} of ${formats.bytes(facts.expected)} reached Dify. Try again.`,
    unauthorized: () => 'You are signed out. Sign in, then try again.',
    session_required: () => 'Your session has ended. Try again.',
    forbidden_origin: () => 'The server does not take uploads from this page. Its operator has to allow it.',
    not_found: () => 'There is no upload service at this address. The page’s operator has to correct it.',
    method_not_allowed: () => 'The upload service at this address does not take files. The page’s operator has to correct it.',
    invalid_user: () => 'The server could not tell who you are. Its operator has to correct that.',
    too_many_requests: () => 'Too many uploads at once for the server. Try again in a little while.',
    rate_limit_error: () => 'This app has used up its uploads for now. Try again later, or ask who runs it.',
    gateway_timeout: () => 'The server took too long to answer. Try again.',
    upstream_unavailable: () => 'Dify can’t be reached right now. Try again.',
    unknown: () => 'Dify had a problem of its own. Try again.',
    internal_server_error: () => 'The server had a problem of its own. Try again.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'There is no connection. The upload goes on when it is back.'
        case 'stalled': return 'Nothing moved for a while, so the upload was given up. Try again.'
        case 'no_answer': return 'Everything was sent, but no answer came. Try again.'
        case 'lost':
          return facts.mayBeSizeLimit
            ? `The connection was lost. For a file of ${sizeOr(size, formats)} a size limit on the way may be the reason.`
            : 'The connection was lost. Try again.'
      }
    },
    upstream_unauthorized: () => 'The server’s key for Dify is not valid. Its operator has to correct it.',
    upstream_forbidden: () => 'Dify does not let this server upload files. Its operator has to correct that.',
    upstream_not_found: () => 'Dify’s upload service was not found. The server’s operator has to correct its address.',
    upstream_redirect: () => 'Dify’s address leads elsewhere. The server’s operator has to correct it.',
    upstream_not_dify: () => 'The answer did not come from Dify. The server’s operator has to check its address.',
    other: ({ serverCode, retryable }) => `The server refused this file (${serverCode}).${retryable ? ' Try again.' : ''}`,
  },
  notes: {
    renamed: ({ from }) => `Renamed from “${from}”`,
    converted: ({ from, to }, formats) => `${to < from ? 'Made smaller' : 'Converted'}: ${formats.bytes(from)} → ${formats.bytes(to)}`,
    duplicate: () => 'Already in the list',
    'content-differs': ({ extension }) => (extension === null ? 'The content does not match the name' : `The content looks like ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${names[0]} added.` : `${formats.number(count)} files added.`),
    uploaded: (names, count, formats) => (count === 1 ? `${names[0]} attached.` : `All ${formats.number(count)} files attached.`),
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
    sending: 'Sending…',
    sendFailed: 'The message was not sent. Nothing is lost: try again.',
  },
}

const KINDS: Record<Kind, string> = { image: 'images', document: 'documents', audio: 'audio', video: 'videos', custom: 'other files' }
const CATEGORIES: Record<SizeCategory, string> = { image: 'images', document: 'documents', audio: 'audio', video: 'videos' }
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

function who(layer: Layer): string {
  return { host: 'this page', operator: 'this server', app: 'this app', default: 'Dify' }[layer]
}

function whose(layer: Layer): string {
  return { host: 'this page’s', operator: 'this server’s', app: 'this app’s', default: 'Dify’s usual' }[layer]
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'This file' : formats.bytes(size)
}

function extensionWords(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? ` (${name.slice(dot)})` : ''
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

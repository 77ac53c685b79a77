import type { Layer } from '../../core/rules.js'
import { english } from './english.js'
import { ERRORS_AT_ONCE } from './englishErrors.js'
import { capital, CATEGORIES, KINDS, sizeOr, who } from './englishNouns.js'
import type { Messages } from './messages.js'

/** The words in English, which are also the default. */
export const en: Messages = {
  ...english,

  errors: {
    ...ERRORS_AT_ONCE,
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
    refused_by_host: ({ facts }) => facts.message ?? 'This page does not take this file.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `The name says .${facts.extension}, but the content is something else. Check the file.`
        : `The name says .${facts.extension}, but the content is ${facts.found.toUpperCase()}. Rename it to .${facts.found} if that is right.`,
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
    upstream_unauthorized: () => 'The server’s key for Dify is not valid. Its operator has to correct it.',
    upstream_forbidden: () => 'Dify does not let this server upload files. Its operator has to correct that.',
    upstream_not_found: () => 'Dify’s upload service was not found. The server’s operator has to correct its address.',
    upstream_redirect: () => 'Dify’s address leads elsewhere. The server’s operator has to correct it.',
    upstream_not_dify: () => 'The answer did not come from Dify. The server’s operator has to check its address.',
    other: ({ serverCode, retryable }) => `The server refused this file (${serverCode}).${retryable ? ' Try again.' : ''}`,
  },
}

function whose(layer: Layer): string {
  return { host: 'this page’s', operator: 'this server’s', app: 'this app’s', default: 'Dify’s usual' }[layer]
}

function extensionWords(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? ` (${name.slice(dot)})` : ''
}

import { extensionOf } from '../dify/fileName.js'
import { mimeOfExtension, UNKNOWN_MIME } from '../dify/mime.js'
import type { RemoteFile } from './emulatorState.js'

/** What a link's own name tells, since the emulator uses no network. */
export function remoteFileOf(url: string): RemoteFile {
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  const name = safelyDecoded(path.slice(path.lastIndexOf('/') + 1)) || 'file'
  return { name, mime_type: mimeOfExtension(extensionOf(name)) ?? UNKNOWN_MIME, size: -1 }
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

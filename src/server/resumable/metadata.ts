import { Refusal } from '../refusal.js'

/**
 * Reads tus's `Upload-Metadata`: `filename bmFtZQ==,filetype dGV4dA==`. What is not asked for is not looked at.
 *
 * @throws Refusal when it is no such thing.
 */
export function readMetadata(header: string | null): { filename?: string; filetype?: string; key?: string } {
  if (header === null) return {}
  if (header.length > 8192) throw malformed('too long')
  const read = new Map<string, string>()
  for (const pair of header.split(',')) {
    const [key = '', value = '', ...more] = pair.trim().split(' ')
    if (key === '' || more.length > 0 || read.has(key)) throw malformed('not key and value')
    read.set(key, decode(value))
  }
  return {
    ...(read.has('filename') && { filename: read.get('filename')! }),
    ...(read.has('filetype') && { filetype: read.get('filetype')! }),
    ...(read.has('key') && { key: read.get('key')! }),
  }
}

function decode(base64: string): string {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)))
  } catch {
    throw malformed('not base64')
  }
}

function malformed(detail: string): Refusal {
  return new Refusal('invalid_param', { detail: `Upload-Metadata: ${detail}` })
}

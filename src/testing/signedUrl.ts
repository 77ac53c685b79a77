/** What the emulator signs its file links with. */
export interface SignedUrls {
  /** A link to the bytes, good for five minutes, for anyone who has it. Relative unless there is a `filesUrl`. */
  sign(id: string): Promise<string>
  isValid(id: string, query: URLSearchParams): Promise<boolean>
}

/**
 * Links as Dify makes them: `/files/<id>/file-preview?timestamp=…&nonce=…&sign=…`.
 *
 * Source: Dify's `FILES_ACCESS_TIMEOUT` (300 s); `FILES_URL` is often empty, which leaves the link relative.
 *
 * @param clock Unix ms.
 */
export function signedUrls(filesUrl: string, uuid: () => string, clock: () => number): SignedUrls {
  const secret = crypto.subtle.importKey(
    'raw', new TextEncoder().encode(uuid()), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'],
  )
  const signatureOf = async (id: string, timestamp: string, nonce: string): Promise<string> => {
    const text = new TextEncoder().encode(`file-preview|${id}|${timestamp}|${nonce}`)
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', await secret, text))
    return btoa(String.fromCodePoint(...bytes)).replaceAll('+', '-').replaceAll('/', '_')
  }
  return {
    async sign(id) {
      const timestamp = String(Math.floor(clock() / 1000))
      const nonce = uuid().replaceAll('-', '')
      const sign = encodeURIComponent(await signatureOf(id, timestamp, nonce))
      return `${filesUrl}/files/${id}/file-preview?timestamp=${timestamp}&nonce=${nonce}&sign=${sign}`
    },
    async isValid(id, query) {
      const timestamp = query.get('timestamp') ?? ''
      const isFresh = clock() / 1000 - Number(timestamp) <= ACCESS_TIMEOUT
      return isFresh && query.get('sign') === (await signatureOf(id, timestamp, query.get('nonce') ?? ''))
    },
  }
}

const ACCESS_TIMEOUT = 300

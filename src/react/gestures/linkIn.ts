/**
 * The web address that a text is, or null. Only http and https, and only a text that is nothing else: a sentence with a
 * link in it stays a sentence.
 *
 * @param text `example.com/a.pdf` is taken for https.
 */
export function linkIn(text: string): string | null {
  const bare = text.trim()
  if (bare === '' || /\s/.test(bare)) return null
  const address = /^[a-z][a-z0-9+.-]*:/i.test(bare) && !/^[^/]*\.[^/]*:\d/.test(bare) ? bare : `https://${bare}`
  if (!URL.canParse(address)) return null
  const { protocol, hostname, href } = new URL(address)
  return (protocol === 'https:' || protocol === 'http:') && (hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[')) ? href : null
}

/** The link of a paste that is one and nothing else, with its scheme: a bare word is not taken for one here. */
export function pastedLink(clipboard: DataTransfer): string | null {
  const text = clipboard.getData('text/plain').trim()
  return /^https?:\/\//i.test(text) ? linkIn(text) : null
}

/**
 * What an address counts as: one of IPv4 as itself, one of IPv6 as its network (/64), since whoever has one of these has
 * all 2^64 of them. What is neither is left as it is.
 */
export function networkOf(address: string): string {
  const text = address.replace(/%.*$/, '')
  const url = `http://[${text}]`
  if (!text.includes(':') || !URL.canParse(url)) return address
  // In the one way of writing it, with a `::` still to be filled.
  const [head = '', tail] = new URL(url).hostname.slice(1, -1).split('::')
  const [before, after] = [head, tail ?? ''].map((it) => (it === '' ? [] : it.split(':'))) as [string[], string[]]
  const groups = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after]
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff') {
    return groups.slice(6).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join('.')
  }
  return `${groups.slice(0, 4).join(':')}::/64`
}

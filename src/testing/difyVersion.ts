/** Compares dotted versions number by number: `1.9.1` is not at least `1.15.0`. */
export function isAtLeast(version: string, least: string): boolean {
  const have = version.split('.').map(Number)
  const want = least.split('.').map(Number)
  for (let i = 0; i < want.length; i += 1) {
    const difference = (have[i] ?? 0) - want[i]!
    if (difference !== 0) return difference > 0
  }
  return true
}

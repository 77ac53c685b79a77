export function median(list) {
  const sorted = list.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Median, least and most. */
export function span(list, digits = 0) {
  const [middle, least, most] = [median(list), Math.min(...list), Math.max(...list)].map((it) => it.toFixed(digits))
  return list.length === 1 ? middle : `${middle} (${least}–${most})`
}

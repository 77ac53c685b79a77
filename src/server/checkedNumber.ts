/** What an option of numbers may be; `Infinity` within `max` and unless `isWhole`. */
export interface NumberBounds {
  /** @default 0 */
  min?: number
  /** @default Infinity */
  max?: number
  isWhole?: boolean
}

/**
 * The number that an option was given. What is none has to be told when the proxy is made: NaN (`Number` of an
 * environment variable that is not set) compares false with everything, so that whatever it bounds has no bound.
 *
 * @param option with whose it is, as `createDifyProxy: maxMessageBytes`.
 * @param advice goes on behind "… is NaN": why it matters and what to do.
 * @throws TypeError that names the option and the value.
 */
export function checkedNumber(option: string, value: unknown, advice: string, bounds: NumberBounds = {}): number {
  const { min = 0, max = Infinity, isWhole = false } = bounds
  if (typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value))) return value
  throw new TypeError(`${option} is ${typeof value === 'string' ? JSON.stringify(value) : String(value)}, ${advice}`)
}

/** ms. The longest that a timer can hold: one that is set to more, or to Infinity, fires at once. */
export const LONGEST_TIMER = 2 ** 31 - 1

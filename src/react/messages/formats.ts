/** What turns numbers, sizes, times and lists into the reader's own way of writing them. Made by {@link formatsOf}. */
export interface Formats {
  number: (value: number) => string
  /** 0–100, whole. */
  percent: (value: number) => string
  /** Binary mebibytes spoken as "MB", as Dify does: 15 * 1024 * 1024 is "15 MB". */
  bytes: (bytes: number) => string
  /** Bytes per second. */
  speed: (bytesPerSecond: number) => string
  /** A size and the limit it is over, written with as many digits as it takes to tell them apart. */
  bytesOver: (size: number, limit: number) => { size: string; limit: string }
  /** ms, as seconds, minutes or hours. */
  duration: (ms: number) => string
  list: (items: readonly string[], type?: 'conjunction' | 'disjunction') => string
  /** Chooses the form that the words' language wants for this number. */
  plural: (count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }) => string
}

/**
 * The formats of a language, for `errorSentence` and the like; made once for each pair.
 *
 * @param language BCP 47 tag of the words: decides plurals and how lists are joined.
 * @param locale BCP 47 tag for numbers. @default the language
 */
export function formatsOf(language: string, locale = language): Formats {
  const key = `${language} ${locale}`
  const known = made.get(key)
  if (known !== undefined) return known
  const formats = make(language, locale)
  made.set(key, formats)
  return formats
}

const made = new Map<string, Formats>()

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

function make(language: string, locale: string): Formats {
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const plurals = new Intl.PluralRules(language)
  /** Making one takes a hundred times as long as using it, and each row says a size. */
  const units = new Map<string, Intl.NumberFormat>()

  function withUnit(value: number, unit: string, unitDisplay: 'long' | 'short', maximumFractionDigits: number): string {
    const key = `${unit} ${unitDisplay} ${maximumFractionDigits}`
    let format = units.get(key)
    if (format === undefined) units.set(key, (format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits })))
    return format.format(value)
  }

  /** @param digits after the decimal sign; absent: as many as read well. */
  function bytes(value: number, digits?: number): string {
    // Up to the next unit from 1000 of the last, so that nothing reads "1,013 kB".
    const power = value < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(value * 1.024) / Math.log(1024)))
    const scaled = value / 1024 ** power
    return withUnit(scaled, UNITS[power]!, power === 0 ? 'long' : 'short', power === 0 ? 0 : (digits ?? (scaled < 9.95 ? 1 : 0)))
  }

  function speed(value: number): string {
    const power = Math.max(1, value < 1000 ? 0 : Math.min(3, Math.floor(Math.log(value * 1.024) / Math.log(1024))))
    const scaled = value / 1024 ** power
    return withUnit(scaled, `${UNITS[power]!}-per-second`, 'short', scaled < 9.95 ? 1 : 0)
  }

  function exactly(value: number): string {
    return withUnit(value, 'byte', 'long', 0)
  }

  return {
    number: (value) => number.format(value),
    percent: (value) => percent.format(Math.floor(value) / 100),
    bytes: (value) => bytes(value),
    speed,
    bytesOver: (size, limit) => {
      for (const digits of [undefined, 1, 2]) {
        const pair = { size: bytes(size, digits), limit: bytes(limit, digits) }
        if (pair.size !== pair.limit) return pair
      }
      return { size: exactly(size), limit: exactly(limit) }
    },
    duration: (ms) => {
      const seconds = Math.max(1, Math.round(ms / 1000))
      const [value, unit] =
        seconds < 90 ? [seconds, 'second' as const] : seconds < 5400 ? [Math.round(seconds / 60), 'minute' as const] : [Math.round(seconds / 3600), 'hour' as const]
      return withUnit(value, unit, 'long', 0)
    },
    list: (items, type = 'conjunction') => new Intl.ListFormat(language, { type, style: 'long' }).format(items),
    plural: (count, forms) => forms[plurals.select(count)] ?? forms.other,
  }
}

import { Misconfigured } from './misconfigured.js'

/** Environment variables, read with complaints that name them. A blank one counts as not set. */
export class Environment {
  readonly #variables: Readonly<Record<string, string | undefined>>

  constructor(variables: Readonly<Record<string, string | undefined>>) {
    this.#variables = variables
  }

  text(name: string): string | undefined {
    const value = this.#variables[name]?.trim()
    return value === '' ? undefined : value
  }

  /** Parts between commas. */
  list(name: string): string[] {
    return (this.text(name) ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')
  }

  /** @throws Misconfigured */
  number(name: string, bounds: { min: number; max?: number }): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const value = Number(text)
    const { min, max = Infinity } = bounds
    if (Number.isFinite(value) && value >= min && value <= max) return value
    throw new Misconfigured(`${name} is "${text}", which is no number ${max === Infinity ? `from ${min} up` : `from ${min} to ${max}`}.`)
  }

  /** @throws Misconfigured */
  flag(name: string): boolean {
    const text = this.text(name)
    if (text === undefined || /^(0|false|no|off)$/i.test(text)) return false
    if (/^(1|true|yes|on)$/i.test(text)) return true
    throw new Misconfigured(`${name} is "${text}". Set it to 1 or 0.`)
  }

  /** @throws Misconfigured */
  oneOf<const T extends string>(name: string, words: readonly T[]): T | undefined {
    const text = this.text(name)
    if (text === undefined || (words as readonly string[]).includes(text)) return text as T | undefined
    throw new Misconfigured(`${name} is "${text}". It can be ${words.join(' or ')}.`)
  }

  /** An http(s) URL. @throws Misconfigured */
  url(name: string): string | undefined {
    const text = this.text(name)
    if (text === undefined || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) return text
    throw new Misconfigured(`${name} is no http(s) URL.`)
  }
}

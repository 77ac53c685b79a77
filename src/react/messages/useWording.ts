'use client'
import { useMemo } from 'react'
import { english } from './english.js'
import { formatsOf, type Formats } from './formats.js'
import { withOverrides, type MessageOverrides, type Messages } from './messages.js'

/** Words, and how numbers are written in them. */
export interface Wording {
  messages: Messages
  formats: Formats
}

/**
 * @param overrides an imported locale, or single sentences; what they do not say is English.
 * @param locale BCP 47 tag for numbers, sizes and times. @default the language of the words
 * @param isWhole the rest of English is there: from then on it is another object, so that sentences are written anew.
 */
export function useWording(overrides?: MessageOverrides, locale?: string, isWhole = false): Wording {
  return useMemo(() => {
    const messages = withOverrides(english, overrides)
    return { messages, formats: formatsOf(messages.language, locale) }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the same words say more once the rest is there
  }, [overrides, locale, isWhole])
}

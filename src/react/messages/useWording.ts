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
 * @param words all of English, once it is there. @default the part of it that is there at once
 */
export function useWording(overrides?: MessageOverrides, locale?: string, words: Messages = english): Wording {
  return useMemo(() => {
    const messages = withOverrides(words, overrides)
    return { messages, formats: formatsOf(messages.language, locale) }
  }, [overrides, locale, words])
}

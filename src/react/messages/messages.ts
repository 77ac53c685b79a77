import type { Entry, Note } from '../../core/entry.js'
import type { Readiness } from '../../core/readiness.js'
import type { Accepted } from '../../core/rules.js'
import type { UploadFailure } from '../../core/uploadError.js'
import type { SizeCategory } from '../../dify/kinds.js'
import type { Formats } from './formats.js'

/**
 * Every word the widget says, in one language. Plain text, never HTML. Functions get facts and the reader's formats, and
 * make a sentence of them.
 */
export interface Messages {
  /** BCP 47 tag of the language these words are in. */
  language: string

  /** Name of the button that opens the picker. */
  trigger: string
  /** Name of the file input. */
  input: string
  /** Name of the list. */
  list: string
  /** Name of the drop zone. */
  zone: string
  /** Beside the button in the zone: what else may be done there. */
  zoneHint: (ways: { drop: boolean; paste: boolean }) => string
  /** What is accepted, told before anybody picks. */
  accepts: (accepted: Acceptance, formats: Formats) => string
  /** The same, in the fewest words, for the overlay: "Images and documents". */
  acceptsShort: (accepted: Acceptance, formats: Formats) => string
  overlay: { drop: string; refuse: string }

  /** Names of the buttons and bars of one file. */
  uploading: (name: string) => string
  remove: (name: string) => string
  retry: (name: string) => string
  /** The word on the Retry button; part of {@link retry}. */
  retryShort: string
  rename: (name: string) => string
  /** The word on the Rename button; part of {@link rename}. */
  renameShort: string
  /** Name of the box for the new name. */
  newName: (name: string) => string
  /** What a file is doing, in a few words. */
  state: (state: StateFacts, formats: Formats) => string
  sizeOfRest: (count: number, formats: Formats) => string

  /** Why a file failed: the rule, who set it, and what can be done. The file's name stands beside it. */
  errors: { [Code in UploadFailure['code']]: (error: FailureOf<Code>, file: FileFacts, formats: Formats) => string }
  notes: { [Type in Note['type']]: (note: Extract<Note, { type: Type }>, formats: Formats) => string }

  /** What a screen reader is told. Milestones, never percents. */
  announce: {
    added: (names: readonly string[], count: number, formats: Formats) => string
    /** `left`: how many are not done yet. */
    uploaded: (names: readonly string[], count: number, formats: Formats) => string
    removed: (name: string) => string
    /** `place`: from 1. */
    moved: (name: string, place: number, of: number, formats: Formats) => string
    offline: string
    online: string
    drop: string
    failed: (name: string, sentence: string) => string
    moreFailed: (count: number, formats: Formats) => string
  }
  /** Why a message can not be sent yet. */
  send: { [Reason in NonNullable<Readiness['reason']>]: string } & { sending: string; sendFailed: string }
}

type FailureOf<Code extends UploadFailure['code']> = Extract<UploadFailure, { code: Code }>

/** The file a sentence is about. `size` in bytes. */
export type FileFacts = Pick<Entry, 'name' | 'size'>

/** What is accepted, as facts. */
export interface Acceptance extends Accepted {
  enabled: boolean
  /** Null where nothing limits. */
  maxFiles: number | null
  /** Bytes, for the categories that what is accepted can fall in. */
  maxBytes: readonly { category: SizeCategory; bytes: number }[]
}

/** What a file is doing, as facts. */
export type StateFacts =
  | { state: 'preparing' | 'queued' | 'not_started' | 'finishing' | 'stalled' | 'offline' | 'uploaded' | 'link' }
  /** `percent`: 0–100, or null while nobody knows. `left`: ms, or null while that would be a guess. */
  | { state: 'uploading'; percent: number | null; left: number | null }
  /** `wait`: ms until the next attempt. */
  | { state: 'waiting'; wait: number }

/** Overrides of single words; everything else stays as it is. */
export type MessageOverrides = {
  [Key in keyof Messages]?: Messages[Key] extends (...args: never[]) => string ? Messages[Key] : Messages[Key] extends string ? string : Partial<Messages[Key]>
}

/** Words with some of them replaced. */
export function withOverrides(words: Messages, overrides: MessageOverrides | undefined): Messages {
  if (overrides === undefined) return words
  const merged = { ...words, ...overrides }
  for (const group of ['overlay', 'errors', 'notes', 'announce', 'send'] as const) {
    Object.assign(merged, { [group]: { ...words[group], ...overrides[group] } })
  }
  return merged as Messages
}

/** The sentence for a failure. */
export function errorSentence(messages: Messages, error: UploadFailure, file: FileFacts, formats: Formats): string {
  // TypeScript does not see that code and facts of one failure belong together; `Messages['errors']` makes sure they do.
  return (messages.errors[error.code] as (error: UploadFailure, file: FileFacts, formats: Formats) => string)(error, file, formats)
}

/** The sentence for a note. */
export function noteSentence(messages: Messages, note: Note, formats: Formats): string {
  return (messages.notes[note.type] as (note: Note, formats: Formats) => string)(note, formats)
}


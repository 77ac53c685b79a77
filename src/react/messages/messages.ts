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
  /** Added to {@link accepts} where only the app's legacy image switch is on: Dify takes such files and then ignores them. */
  ignored: string
  /** The same, in the fewest words, for the overlay: "Images and documents". */
  acceptsShort: (accepted: Acceptance, formats: Formats) => string
  overlay: { drop: string; refuse: string }

  /** Names of the buttons and bars of one file. */
  uploading: (name: string) => string
  remove: (name: string) => string
  retry: (name: string) => string
  /** The word on the Retry button; part of {@link retry}. */
  retryShort: string
  /** Name of the button that picks a file anew, whose bytes are gone. */
  choose: (name: string) => string
  /** The words on that button; part of {@link choose}. */
  chooseShort: string
  rename: (name: string) => string
  /** The word on the Rename button; part of {@link rename}. */
  renameShort: string
  /** Name of the box for the new name. */
  newName: (name: string) => string
  /** Name of the button that opens a file in the preview (`dify-file-drop/preview`). */
  preview: (name: string) => string
  /** In the preview. `nothing`: this browser can't show the file; `cut`: only so many bytes of a text are shown. */
  previewer: {
    place: (place: number, of: number, formats: Formats) => string
    previous: string
    next: string
    close: string
    nothing: string
    cut: (bytes: number, formats: Formats) => string
  }
  /** Name of the button beside the trigger, and what its menu offers. `device`: where the trigger opens the camera. */
  moreWays: string
  ways: { device: string; camera: string; folder: string; link: string }
  /** Name of the handle by which a file is dragged along the list, and of the ways to do it without dragging. */
  move: (name: string) => string
  moveTo: { start: string; earlier: string; later: string; end: string }
  /**
   * Buttons that lift what a note tells. The first of each pair stands on the button; the second is its whole name, with the
   * file's, and begins with the first.
   */
  fixes: {
    removeCopy: string
    removeCopyOf: (name: string) => string
    renameTo: (newName: string) => string
    renameFromTo: (name: string, newName: string) => string
    useOriginal: string
    useOriginalOf: (name: string) => string
  }
  /** The form for a link. */
  link: {
    /** The button that opens it. */
    open: string
    /** Name of its box. */
    address: string
    add: string
    cancel: string
    /** What was typed is no web address. */
    invalid: string
  }
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
    /** A large upload that is alone on its way has come so far. */
    half: (name: string) => string
    removed: (name: string) => string
    /** `place`: from 1. */
    moved: (name: string, place: number, of: number, formats: Formats) => string
    renamed: (name: string, newName: string) => string
    /** The file as it was before it was made smaller is sent instead. */
    original: (name: string) => string
    offline: string
    online: string
    drop: string
    failed: (name: string, sentence: string) => string
    moreFailed: (count: number, formats: Formats) => string
  }
  /**
   * What could not be done about a kept draft. `elsewhere`: another tab keeps it; `unavailable`: this browser keeps nothing;
   * `notKept`: these files will have to be chosen again after a reload; `expired`: files were kept too long, and are gone.
   */
  draft: {
    elsewhere: string
    unavailable: string
    notKept: (names: readonly string[], count: number, formats: Formats) => string
    expired: (count: number, formats: Formats) => string
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
  const merged: Record<string, unknown> = { ...words }
  for (const [key, said] of Object.entries(overrides ?? {})) {
    if (said !== undefined) merged[key] = typeof said === 'object' ? { ...(merged[key] as object), ...said } : said
  }
  return merged as unknown as Messages
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


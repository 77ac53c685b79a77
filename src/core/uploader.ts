import type { DifyFile } from '../dify/difyFile.js'
import type { MessageFile } from '../dify/messageFile.js'
import type { AppParameters } from '../dify/parameters.js'
import type { Entry, FailedEntry, QueuedEntry, UploadedEntry } from './entry.js'
import type { Readiness, Tally } from './readiness.js'
import type { HostRules, Rules } from './rules.js'
import type { Send } from './send.js'
import type { Step } from './steps.js'

/**
 * The engine: files on their way to Dify, without React. A few verbs go down, one store comes up.
 *
 * Every file ever offered is in exactly one place: in `entries`, with its reason where it was refused; removed by a
 * person or the host; or in what `take()` returned.
 */
export interface Uploader {
  /**
   * Offers files, in one change. Bytes go through the checks, the steps and the queue; a `DifyFile` is attached as it
   * is and sends nothing; a link is attached as `remote_url` (http and https only).
   *
   * @returns the entries it made, refused ones included. What was over `maxFiles` is one entry for all the rest.
   */
  add: (offered: Offered | Iterable<Offered>) => Entry[]
  /** With `autoUpload` off: lets one entry, or all, go. */
  start: (id?: string) => void
  /** Tries one failed or waiting entry again at once, or all that are retryable. */
  retry: (id?: string) => void
  /** Gives an entry other bytes, or another name (before it is uploaded). Checks and steps run again. */
  replace: (id: string, by: File | string) => void
  /**
   * Puts another file in an entry's place, in whatever state that is: what Dify has under a wrong name, say. It is a new
   * entry with an id of its own, returned; undefined where there was nothing to take the place of.
   */
  exchange: (id: string, by: OfferedFile) => Entry | undefined
  /** Takes an entry away and stops its upload. An answer that comes later is ignored. */
  remove: (id: string) => void
  /** Removes all that was refused at the door. */
  dismiss: () => void
  /** Removes everything and stops every upload. */
  clear: () => void
  /** Moves an entry to another place in the list (and so in the message). `index` counts from 0. */
  move: (id: string, index: number) => void
  /**
   * Resolves when nothing is preparing, queued to start, uploading or waiting. Waiting for the network counts as moving.
   * Rejects only with the reason of `signal`.
   */
  settled: (options?: { signal?: AbortSignal }) => Promise<Settled>
  /**
   * Removes what is uploaded, in one change, and returns it as a message's `files`, in the order of the list. Refusals
   * are dismissed; what still moves, waits or failed on the way stays for the next message.
   */
  take: (options?: { strict?: boolean }) => MessageFile[]
  /** Puts back the very entries that a `take()` returned, after a message that could not be sent. */
  restore: (files: readonly MessageFile[]) => void
  /** Called after every change of anything, synchronously. Returns what ends it. */
  subscribe: (listener: () => void) => () => void
  /** Called when an entry came, went or moved. */
  subscribeIds: (listener: () => void) => () => void
  /** Called when this one entry changed or went. */
  subscribeEntry: (id: string, listener: () => void) => () => void
  /** In the order of the list. The same array until something changed. */
  readonly entries: readonly Entry[]
  /** In the order of the list. The same array until an entry came, went or moved. */
  readonly ids: readonly string[]
  /** Undefined once it is gone. */
  get: (id: string) => Entry | undefined
  /** Whether a message may go now, and why not. */
  readonly readiness: Readiness
  /** How many entries are in which state. */
  readonly tally: Readonly<Tally>
  /** What is accepted now: the strictest of host, operator and app. */
  readonly rules: Rules
  /** The options in force. */
  readonly options: Readonly<UploaderOptions>
  /** Changes options while running. When the rules change, what is queued (or was refused by a rule) is checked again. */
  configure: (change: UploaderChange) => void
  /**
   * Hears of what happened. An upload is delivered once to every listener present, or, when there is none, to the first
   * that comes. What a listener throws goes to `report` and changes nothing here.
   */
  listen: (listeners: UploaderListeners) => () => void
  /** Stops requests and timers; what was uploading is queued again. For a surface that may be gone for good. */
  pause: () => void
  /** Goes on after `pause`. */
  resume: () => void
}

/** Something to attach: bytes, a file that Dify has already, a link, or a place that could not be read. */
export type Offered = File | DifyFile | { url: string; name?: string } | OfferedFile | OfferedName | OfferedFolder | OfferedLost

/** A file with its path inside the folder that was dropped. */
export interface OfferedFile {
  file: File
  path: string | null
  /** Steps may look at it and refuse it, but a file that one returns is dropped: somebody wants this one. @default false */
  asItIs?: boolean
}

/** A folder, or a child of one, that gives no file but must not vanish without a word. */
export interface OfferedFolder {
  folder: string
  problem: 'not_accepted' | 'too_many_files' | 'empty' | 'unreadable'
  /** With `too_many_files`: how many were taken. */
  limit?: number
}

/** A file that was accepted once and whose bytes are gone (a restored draft): it asks for them, see `replace`. */
export interface OfferedLost {
  /** Its name. */
  lost: string
  /** Bytes, or null where nobody knows. */
  size: number | null
  path: string | null
}

/** A file of which only the name is known yet: opening 10 000 files of a folder takes seconds, listing them does not. */
export interface OfferedName {
  name: string
  path: string | null
  open: () => Promise<File>
}

/** What there is once nothing moves any more. */
export interface Settled {
  /** What `take()` would return now. */
  uploaded: readonly UploadedEntry[]
  /** Failed on the way. */
  failed: readonly FailedEntry[]
  /** Refused at the door. */
  refused: readonly FailedEntry[]
  /** With `autoUpload` off. */
  notStarted: readonly QueuedEntry[]
}

/** What happened in an engine, each said once. */
export interface UploaderListeners {
  /** Once per uploaded file. `file` is what Dify returned, whole. Not for restored or seeded entries, nor for links. */
  onUploaded?: ((file: DifyFile, entry: UploadedEntry) => void) | undefined
  /** Refused at the door: all of one gesture at once. */
  onRejected?: ((entries: readonly FailedEntry[]) => void) | undefined
  /** Failed on the way, with no automatic attempt left. */
  onUploadFailed?: ((entry: FailedEntry) => void) | undefined
  /** After changes, at most once per turn of the event loop. */
  onEntriesChange?: ((entries: readonly Entry[]) => void) | undefined
  /** May the message be sent: `empty`, `uploading`, `ready`, or `blocked` with the reason. */
  onReadinessChange?: ((readiness: Readiness) => void) | undefined
  /** The proxy answered 401: sign in, then `retry()`. Once until something is retried. */
  onUnauthorized?: (() => void) | undefined
}

/** What an engine works with. All of it can be changed while it runs: `configure`. */
export interface UploaderOptions {
  /** Delivers one file, once: `createDifyClient({ proxyUrl }).send`. */
  send: Send
  /** What the host wants on top of what the app says. */
  rules: HostRules
  /**
   * The app's parameters: `loading` while they are being fetched (files wait for them, at most 1.5 s), null where they
   * could not be had.
   */
  parameters: AppParameters | 'loading' | null
  /** The input variable these files are for, instead of the chat's attachments. */
  variable: string | undefined
  /** What is done to each file before it is queued, in order. */
  steps: readonly Step[]
  /** Uploads at once. Keep it low: a self-hosted Dify handles few requests at a time. @default 3 */
  concurrency: number
  /** Files go up as soon as they are added; else when `start()` is called. @default true */
  autoUpload: boolean
  /** The app compares a message file's type with its own detection (workflow apps do). @default false */
  strict: boolean
  /** ms without progress after which an upload is given up and tried again. @default 45000 */
  stallTimeout: number
  /** ms to wait for the answer after the last byte. @default 180000 */
  answerTimeout: number
}

/** Some of the options. One that is undefined is left as it is (but for `variable`, which undefined takes away). */
export type UploaderChange = { [Option in keyof UploaderOptions]?: UploaderOptions[Option] | undefined }

import type { DifyFile } from '../dify/difyFile.js'
import type { Kind } from '../dify/kinds.js'
import type { UploadFailure } from './uploadError.js'

/**
 * One file on its way to Dify: a union on `status`, in which each state carries only what is true in it.
 * Entries are immutable; a change makes a new object with the same `id`.
 */
export type Entry = PreparingEntry | QueuedEntry | UploadingEntry | WaitingEntry | FailedEntry | UploadedEntry

/** The finite states of a file: `preparing`, `queued`, `uploading`, `waiting`, `failed`, `uploaded`. */
export type EntryStatus = Entry['status']

/** What is true of an entry in every state. */
export interface EntryFacts {
  /** Ours, unique within the page; Dify's id is in `result.file.id` once it is uploaded. */
  id: string
  /** Null for links, files that Dify has already, restored drafts without bytes, and the rest of an over-full gesture. */
  file: File | null
  /** The name that Dify will store: made fit, see `notes` for what it was. */
  name: string
  /** Bytes; null where nobody knows (a link). */
  size: number | null
  kind: Kind
  /** Path within the folder that was dropped, `photos/2026/a.png`; null for a file that came alone. Never sent. */
  path: string | null
  notes: readonly Note[]
}

/** A step that needs time (sniffing, a host's validation, image preparation) runs. */
export interface PreparingEntry extends EntryFacts {
  status: 'preparing'
  /** Index in the engine's `steps` of the one that runs or is next; -1 while the file itself is being opened. */
  step: number
}

/** Waits for a free slot, for the app's rules, or (`started: false`, with `autoUpload` off) for `start()`. */
export interface QueuedEntry extends EntryFacts {
  status: 'queued'
  /** The attempt that comes next, from 1. */
  attempt: number
  started: boolean
}

/** A request carries it right now. */
export interface UploadingEntry extends EntryFacts {
  status: 'uploading'
  attempt: number
  /** Bytes of the file that left the browser, never falling within an attempt. All sent is not done: Dify's id is. */
  sent: number
  /** False until the browser reports progress at all (it does not behind a service worker): show no percentage. */
  measured: boolean
  /** Nothing has moved for a while. */
  stalled: boolean
}

/** Failed on the way, and will be tried again by itself. */
export interface WaitingEntry extends EntryFacts {
  status: 'waiting'
  /** The attempt that comes next. */
  attempt: number
  error: UploadFailure
  /** Unix ms of the next attempt, or the return of the connection. */
  until: { at: number } | 'online'
}

/** Refused, or not delivered: `error` says why, and whether another attempt may help. */
export interface FailedEntry extends EntryFacts {
  status: 'failed'
  error: UploadFailure
  /** Refused before a byte was sent (`door`: never blocks a message), or failed while being sent (`way`). */
  at: 'door' | 'way'
}

/** Dify has it: `result` is what a message refers to. */
export interface UploadedEntry extends EntryFacts {
  status: 'uploaded'
  result: EntryResult
}

/** What a message will refer to: a file that Dify holds, or a link that Dify follows. */
export type EntryResult =
  | { transfer_method: 'local_file'; file: DifyFile }
  | { transfer_method: 'remote_url'; url: string }

/** Something worth telling about an entry that is no error. */
export type Note =
  /** The name was made fit for Dify. */
  | { type: 'renamed'; from: string }
  /** The bytes were replaced before upload: `from` and `to` in bytes. `original` can be offered back. */
  | { type: 'converted'; from: number; to: number; original: File }
  /** Looks like another entry: same name, size, date and path. */
  | { type: 'duplicate'; of: string }
  /** The bytes are not what the extension says. `extension`: what they are, without dot, or null. */
  | { type: 'content-differs'; extension: string | null; mime: string | null }
  /** The host's own words. */
  | { type: 'host'; message: string }

/** All bytes are sent and Dify has not answered yet. */
export function isFinishing(entry: Entry): boolean {
  return entry.status === 'uploading' && entry.measured && entry.size !== null && entry.sent >= entry.size
}

/** Something will happen to this entry without anybody doing anything. */
export function isMoving(entry: Entry): boolean {
  return (
    entry.status === 'preparing' ||
    entry.status === 'uploading' ||
    entry.status === 'waiting' ||
    (entry.status === 'queued' && entry.started)
  )
}

/** The state as the DOM names it in `data-state`. */
export type EntryState = EntryStatus | 'finishing'

/** An entry's state as the DOM names it: `finishing` where all bytes are sent and Dify has not answered yet. */
export function stateOf(entry: Entry): EntryState {
  return isFinishing(entry) ? 'finishing' : entry.status
}

/**
 * Whether a message could be sent now.
 * - `empty`: nothing attached. - `uploading`: something moves, or waits to move by itself. - `ready`: all is uploaded.
 * - `blocked`: somebody has to do something first; `reason` says what. `too_many`: more are attached than the app takes in one
 *   message, because they were put back, or its limit became known or lower after they were uploaded; some have to be removed.
 *
 * Files refused at the door never block.
 */
export type Readiness =
  | { status: 'empty'; reason: null }
  | { status: 'uploading'; reason: 'preparing' | 'uploading' | 'waiting' | 'offline' }
  | { status: 'ready'; reason: null }
  | { status: 'blocked'; reason: 'failed' | 'not_started' | 'required' | 'too_many' }

/** How many entries are in which situation, kept up to date with each change, never counted anew. */
export interface Tally {
  preparing: number
  /** Queued and started. */
  queued: number
  /** Queued, with `autoUpload` off, and not started. */
  notStarted: number
  uploading: number
  waiting: number
  /** Of the waiting, those that wait for the connection. */
  offline: number
  /** Failed on the way. */
  failed: number
  /** Refused at the door. */
  refused: number
  uploaded: number
}

/** How many will change without anybody doing anything. */
export function movingIn({ preparing, queued, uploading, waiting }: Readonly<Tally>): number {
  return preparing + queued + uploading + waiting
}

/** @param isOver asked last: whether there are more files than a message may have. */
export function readinessOf(tally: Tally, required: boolean, isOver: () => boolean): Readiness {
  if (tally.uploading + tally.queued > 0) return UPLOADING
  if (tally.preparing > 0) return PREPARING
  if (tally.waiting > 0) return tally.offline === tally.waiting ? OFFLINE : WAITING
  // Before what failed, which a message may go without.
  if (tally.uploaded > 0 && isOver()) return TOO_MANY
  if (tally.failed > 0) return FAILED
  if (tally.notStarted > 0) return NOT_STARTED
  if (tally.uploaded > 0) return READY
  return required ? REQUIRED : EMPTY
}

// One object per answer, so that `===` tells whether it changed.
const UPLOADING = { status: 'uploading', reason: 'uploading' } as const
const PREPARING = { status: 'uploading', reason: 'preparing' } as const
const WAITING = { status: 'uploading', reason: 'waiting' } as const
const OFFLINE = { status: 'uploading', reason: 'offline' } as const
const FAILED = { status: 'blocked', reason: 'failed' } as const
const NOT_STARTED = { status: 'blocked', reason: 'not_started' } as const
const REQUIRED = { status: 'blocked', reason: 'required' } as const
const TOO_MANY = { status: 'blocked', reason: 'too_many' } as const
const READY = { status: 'ready', reason: null } as const
const EMPTY = { status: 'empty', reason: null } as const

import type { Call } from './call.js'
import type { Outgoing } from './exchange.js'

/**
 * Takes uploads in pieces and hands them over when they are whole. Made by `resumable()` of
 * `dify-file-drop/server/resumable`, so that who does not want it need not install what it needs.
 */
export interface ResumableUploads {
  /** Answers one authorized request to `files/resumable…`. For the proxy alone. */
  answer(call: Call): Promise<Outgoing>
  /**
   * Deletes what has expired. Happens by itself beside requests, at most every ten minutes; call it from a timer where
   * hours may pass without any.
   *
   * @returns how many uploads went.
   */
  sweep(): Promise<number>
}

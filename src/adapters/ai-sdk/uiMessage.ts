/*
 * The AI SDK's messages and stream chunks, as far as we read and write them. Types of our own, so that any version of `ai`
 * with this shape will do. `examples/kits` checks them against the real ones.
 */

/** What we read of a `UIMessage`. */
export interface UIMessageLike {
  id: string
  role: 'system' | 'user' | 'assistant'
  parts: readonly { type: string }[]
  metadata?: unknown
}

/** What we write: some of the `UIMessageChunk`s. */
export type UIChunk =
  | { type: 'start'; messageMetadata?: unknown }
  | { type: 'text-start'; id: string }
  | { type: 'text-delta'; id: string; delta: string }
  | { type: 'text-end'; id: string }
  | { type: 'finish' }
  | { type: 'error'; errorText: string }

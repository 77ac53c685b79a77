/*
 * assistant-ui's attachments, as far as we make them. Types of our own: an adapter that named the kit's would only fit the
 * very version it was built with. `examples/kits` checks them against the real ones.
 */

/** A file in the composer, on its way or waiting for the message. */
export interface KitPendingAttachment {
  /** The id of the engine's entry. */
  id: string
  type: 'image' | 'document' | 'file'
  name: string
  contentType?: string
  file: File
  status: KitPendingStatus
}

/** Where an attachment stands before its message is sent, in assistant-ui's words. */
export type KitPendingStatus =
  /** `progress`: 0 to 100. */
  | { type: 'running'; reason: 'uploading'; progress: number }
  | { type: 'requires-action'; reason: 'composer-send' }
  | { type: 'incomplete'; reason: 'error'; message: string }

/** A file of a message: its part has Dify's id, also after the message was stored as JSON. */
export interface KitCompleteAttachment {
  id: string
  type: 'image' | 'document' | 'file'
  name: string
  contentType?: string
  file: File
  status: { type: 'complete' }
  content: KitFilePart[]
}

/** The part of assistant-ui's message that carries a file; its data is Dify's id, not the bytes. */
export interface KitFilePart {
  type: 'file'
  filename: string
  /** Dify's `upload_file_id`. */
  data: string
  mimeType: string
  sourceType: 'id'
  /** `dify`: the file as a message to Dify has it. */
  providerMetadata: { dify: Record<string, string> }
}

/** Whatever attachment the kit hands back. */
export interface KitAttachment {
  id: string
}

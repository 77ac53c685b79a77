/** `dify-file-drop/assistant-ui`: files that a person attaches in assistant-ui go to Dify. */
export { createDifyAttachmentAdapter, type DifyAttachmentAdapter, type DifyAttachmentAdapterOptions } from './createDifyAttachmentAdapter.js'
export { difyFilesOf, type WithAttachments } from './difyFilesOf.js'
export type { KitAttachment, KitCompleteAttachment, KitFilePart, KitPendingAttachment, KitPendingStatus } from './kitAttachment.js'

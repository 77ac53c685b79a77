/** `dify-file-drop`: attach files to a chat on Dify. */
export { DifyFileDrop, type DifyFileDropProps } from './react/DifyFileDrop.js'
export * as FileDrop from './react/FileDrop.js'
export type { FileDropHandle, FileDropRootProps } from './react/parts/FileDropRoot.js'
export type { PartName, PartProps, Render } from './react/parts/part.js'
export { useFileDrop, type FileDropOptions, type FileDropState } from './react/useFileDrop.js'
export type { DropTarget } from './react/gestures/useDropping.js'
export type { DragVerdict } from './react/gestures/dragVerdict.js'
export type { DraftProp } from './react/useDraft.js'
export { useSend, type SendContext, type SendOutcome, type SendReason, type UseSend, type UseSendOptions } from './react/useSend.js'
/** What happens in an engine, as React sees it. */
export { useUploader } from './react/engine/useUploader.js'
export { useEntry } from './react/engine/useEntry.js'
export { useEntryIds } from './react/engine/useEntryIds.js'
export { useReadiness } from './react/engine/useReadiness.js'
export { useRules } from './react/engine/useRules.js'
export { parametersQuery } from './react/parametersQuery.js'
export { infoQuery } from './react/infoQuery.js'
/** Words. */
export { en } from './react/messages/en.js'
export { errorSentence, noteSentence, type Acceptance, type FileFacts, type MessageOverrides, type Messages, type StateFacts } from './react/messages/messages.js'
export { formatsOf, type Formats } from './react/messages/formats.js'

/** The engine and the wire, without React. */
export { createUploader, type CreateUploaderOptions } from './http/createUploader.js'
export { createDifyClient, type AppInfo, type DifyClient, type DifyClientOptions } from './http/createDifyClient.js'
export type { AxiosLike, HeadersOption, Transport } from './http/axiosLike.js'
export { isFinishing, isMoving, stateOf } from './core/entry.js'
export type {
  Entry, EntryFacts, EntryResult, EntryState, EntryStatus, FailedEntry, Note, PreparingEntry, QueuedEntry, UploadedEntry, UploadingEntry, WaitingEntry,
} from './core/entry.js'
export { refuse, type Step, type StepContext, type StepResult } from './core/steps.js'
export { fixesOf, fixName, sendOriginal, type Fix } from './core/fixes.js'
export { UploadError, type SpecificFacts, type UploadFailure } from './core/uploadError.js'
export type { HostRules, Layer, Limit, Rules } from './core/rules.js'
export type { Readiness, Tally } from './core/readiness.js'
export type { Offered, OfferedFile, OfferedFolder, OfferedName, Settled, Uploader, UploaderListeners, UploaderOptions } from './core/uploader.js'
export type { Send, SendRequest } from './core/send.js'
export type { Network, Ports } from './core/ports.js'

/** Dify's own words. */
export { toInput, toMessageFile, type MessageFile, type MessageFileOptions } from './dify/messageFile.js'
export { inputShapeOf, uploadRulesOf, type AppParameters, type AppRules, type TransferMethod } from './dify/parameters.js'
export type { DifyFile } from './dify/difyFile.js'
export type { Kind, SizeCategory } from './dify/kinds.js'
export type { ErrorCode, ErrorSource } from './dify/errors.js'

/** `dify-file-drop/ai-sdk`: uploaded files as parts of the AI SDK's messages, and a chat transport to Dify. */
export { toFileParts, difyFilesOf, type DifyFilePart, type FilePartOptions } from './fileParts.js'
export { createDifyChatTransport, type DifyChatRequest, type DifyChatTransport, type DifyChatTransportOptions } from './createDifyChatTransport.js'
export type { UIChunk, UIMessageLike } from './uiMessage.js'

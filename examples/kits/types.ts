// Compiles only while what we hand to the kits, and what they hand to us, has the shape they say.
import type { AppendMessage, AttachmentAdapter, ThreadUserMessage } from '@assistant-ui/react'
import type { AttachmentsProps as KitAttachmentsProps } from '@ant-design/x'
import type { ChatTransport, FileUIPart, UIMessage } from 'ai'
import { createUploader, type UploadedEntry } from 'dify-file-drop'
import { createDifyChatTransport, difyFilesOf as filesOfUIMessage, toFileParts } from 'dify-file-drop/ai-sdk'
import { createCustomRequest, type AttachmentsProps } from 'dify-file-drop/ant-design-x'
import { createDifyAttachmentAdapter, difyFilesOf } from 'dify-file-drop/assistant-ui'

declare const entries: UploadedEntry[]
declare const props: AttachmentsProps
declare const sent: ThreadUserMessage
declare const appended: AppendMessage
declare const uiMessage: UIMessage
const uploader = createUploader({ send: () => Promise.resolve({ id: '' }) })

export const attachments: AttachmentAdapter = createDifyAttachmentAdapter({ proxyUrl: '/api/dify', rules: { maxFiles: 3 } })
export const overMine: AttachmentAdapter = createDifyAttachmentAdapter({ uploader })
export const ofSent = difyFilesOf(sent)
export const ofAppended = difyFilesOf(appended)

export const parts: FileUIPart[] = toFileParts(uploader.take(), entries)
export const transport: ChatTransport<UIMessage> = createDifyChatTransport({ proxyUrl: '/api/dify' })
export const ofUIMessage = filesOfUIMessage(uiMessage)

export const customRequest: NonNullable<KitAttachmentsProps['customRequest']> = createCustomRequest(uploader)
export const kitProps: KitAttachmentsProps = props

/** `dify-file-drop/ant-design-x`: Ant Design X's `Attachments` (and antd's `Upload`) over the engine. */
export { useAttachments, type AttachmentItem, type AttachmentsProps, type UseAttachmentsOptions } from './useAttachments.js'
export { createCustomRequest, type CustomRequest, type CustomRequestOptions, type RequestedUpload } from './createCustomRequest.js'

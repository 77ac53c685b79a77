/** `dify-file-drop/preview`: attached files in large. */
export { FilePreview, type FilePreviewProps } from './FilePreview.js'

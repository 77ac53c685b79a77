import type { FileRestrictions, FileUploadParameters } from '../dify/parameters.js'
import { invalidParam } from './difyAnswer.js'
import type { AppMode } from './emulatedApp.js'
import type { ReceivedFile } from './emulatedMessage.js'
import { receiveFiles, type FileContext } from './messageFiles.js'

/**
 * The files attached to a message. Where the app's upload is off they vanish without a word, and the message goes on;
 * a legacy `image.enabled` switches it on for chatflows and workflows only.
 *
 * @throws DifyRefusal `invalid_param` for a file that the app does not take, or too many.
 */
export function receiveAttachments(
  attached: unknown,
  mode: AppMode,
  context: Omit<FileContext, 'variable' | 'restrictions'>,
): ReceivedFile[] {
  if (!Array.isArray(attached)) return []
  const limits = limitsOf(context.app.parameters.file_upload ?? {}, mode)
  if (limits === null && mode !== 'workflow') return []
  const files = receiveFiles(attached, { ...context, variable: null, restrictions: limits?.restrictions ?? null })
  if (limits === null) return files
  const images = files.filter((file) => file.type === 'image').length
  if (images > limits.images) throw invalidParam(`Number of image files exceeds the maximum limit ${limits.images}`)
  if (limits.files > 0 && files.length > limits.files) {
    throw invalidParam(`Number of files exceeds the maximum limit ${limits.files}`)
  }
  return files
}

interface AttachmentLimits {
  restrictions: FileRestrictions
  /** 0: none. */
  files: number
  /** 0 is 0. */
  images: number
}

function limitsOf(upload: FileUploadParameters, mode: AppMode): AttachmentLimits | null {
  if (upload.enabled === true) {
    return { restrictions: upload, files: upload.number_limits ?? 0, images: upload.number_limits ?? 3 }
  }
  const isFlow = mode === 'advanced-chat' || mode === 'workflow'
  if (!isFlow || upload.image?.enabled !== true) return null
  const { number_limits = 3, transfer_methods = [] } = upload.image
  const restrictions = { allowed_file_types: ['image'], allowed_file_upload_methods: transfer_methods }
  return { restrictions, files: number_limits, images: number_limits }
}

import type { UploadFailure } from '../../core/uploadError.js'
import type { Uploader } from '../../core/uploader.js'
import type { DifyFile } from '../../dify/difyFile.js'

/** What antd's `Upload` hands to a `customRequest`, as far as we use it. */
export interface RequestedUpload {
  file: string | Blob | File
  /** `percent`: 0 to 100. */
  onProgress?: ((event: { percent: number }) => void) | undefined
  onSuccess?: ((file: DifyFile) => void) | undefined
  onError?: ((error: Error) => void) | undefined
}

/** Fits the `customRequest` of antd's `Upload` and of Ant Design X's `Attachments`. */
export type CustomRequest = (upload: RequestedUpload) => { abort: () => void }

/** What `createCustomRequest` may be told. */
export interface CustomRequestOptions {
  /** Words for a failure, for people: the `message` of the error that antd gets. */
  describe?: (error: UploadFailure) => string
}

/**
 * A `customRequest` that uploads through an engine while antd keeps the list: its queue, retries and rules, and Dify's
 * object as the item's `response`. The entry stays in the engine until `take()`, or until antd aborts it.
 *
 * ```tsx
 * <Attachments customRequest={createCustomRequest(uploader)} />
 * ```
 *
 * Where the engine may keep the list, use {@link useAttachments}: it also sees retries, links and restored files.
 */
export function createCustomRequest(uploader: Uploader, { describe }: CustomRequestOptions = {}): CustomRequest {
  return ({ file: given, onProgress, onSuccess, onError }) => {
    const file = given instanceof File ? given : new File([given], 'file', { type: given instanceof Blob ? given.type : '' })
    const [entry] = uploader.add(file)
    const id = entry?.id ?? ''
    let unsubscribe: () => void = () => undefined
    const look = (): void => {
      const now = uploader.get(id)
      if (now?.status === 'uploading' && now.size) onProgress?.({ percent: Math.min(99, (now.sent / now.size) * 100) })
      if (now?.status === 'uploaded' && now.result.transfer_method === 'local_file') onSuccess?.(now.result.file)
      if (now?.status === 'failed') {
        const error = now.error.toError()
        if (describe) error.message = describe(now.error)
        // antd has no retry: what failed must not hold a place here.
        uploader.remove(id)
        onError?.(error)
      }
      if (now === undefined || now.status === 'uploaded' || now.status === 'failed') unsubscribe()
    }
    unsubscribe = uploader.subscribeEntry(id, look)
    // antd expects nothing to happen before this returns.
    queueMicrotask(look)
    return {
      abort() {
        unsubscribe()
        uploader.remove(id)
      },
    }
  }
}

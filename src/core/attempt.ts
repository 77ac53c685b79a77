import type { DifyFile } from '../dify/difyFile.js'
import type { Send, SendRequest } from './send.js'
import { asFailure, failure } from './uploadError.js'

/**
 * Sends a file once, and sees that all of it was stored.
 *
 * @param file null where it is another than it was at the attempt before.
 * @throws what `send` threw, or why the file can't be read, or that less was stored than it has.
 */
export async function attempt(send: Send, { file, ...rest }: Omit<SendRequest, 'file' | 'size'> & { file: File | null; size: number }): Promise<DifyFile> {
  if (file === null) throw failure('file_unreadable', { reason: 'changed' }).toError()
  const { size, signal } = rest
  // Not within the verb that started it: a host's `send` may call another.
  await Promise.resolve()
  signal.throwIfAborted()
  try {
    const answer = await send({ file, ...rest })
    if (typeof answer.size === 'number' && answer.size !== size) {
      throw failure('upload_incomplete', { expected: size, stored: answer.size }).toError()
    }
    return answer
  } catch (thrown) {
    // XHR does not tell a file that vanished from a connection that was lost. Reading it does, and is a trip to the disk
    // that a file which arrives is spared.
    if (!signal.aborted && asFailure(thrown).code === 'network') await assertReadable(file)
    throw thrown
  }
}

/** @throws file_unreadable when the file's bytes cannot be read any more: moved, changed, or a placeholder of a cloud drive. */
async function assertReadable(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer()
  } catch (cause) {
    const isMissing = cause instanceof DOMException && cause.name === 'NotFoundError'
    throw failure('file_unreadable', { reason: isMissing ? 'missing' : 'not_readable' }, { cause }).toError()
  }
}

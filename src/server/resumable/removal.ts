import type { PieceStore } from './tusServer.js'

/**
 * Deletes an upload, whole or not; one that is not there is no fault.
 *
 * `@tus/s3-store` (2.0) alone would leave people's files behind: asked to remove one that is whole it finds no parts to
 * abort and stops there, and of one that is not it leaves the piece that was shorter than a part. So what it calls its
 * objects is deleted by name too.
 */
export async function removeFrom(store: PieceStore, id: string): Promise<void> {
  try {
    await store.remove(id)
  } catch (error) {
    if ((error as { status_code?: unknown }).status_code !== 404) throw error
  }
  if (!isBucket(store)) return
  const Objects = [store.partKey(id), store.partKey(id, true), store.infoKey(id)].map((Key) => ({ Key }))
  const { Errors } = await store.client.deleteObjects({ Bucket: store.bucket, Delete: { Objects } })
  if (Errors !== undefined && Errors.length > 0) throw new Error(`the bucket kept ${Errors.map(({ Key, Code }) => `${Key} (${Code})`).join(', ')}`)
}

/** What `@tus/s3-store` has, as far as it is wanted here. */
interface Bucket {
  bucket: string
  client: { deleteObjects(input: { Bucket: string; Delete: { Objects: { Key: string }[] } }): Promise<{ Errors?: { Key?: string; Code?: string }[] }> }
  partKey(id: string, isIncomplete?: boolean): string
  infoKey(id: string): string
}

function isBucket(store: PieceStore): store is PieceStore & Bucket {
  const { bucket, client, partKey, infoKey } = store as Partial<Bucket>
  return typeof bucket === 'string' && typeof client?.deleteObjects === 'function' && typeof partKey === 'function' && typeof infoKey === 'function'
}

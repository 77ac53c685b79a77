/**
 * What Dify answers to an upload (201), whole and with Dify's own field names.
 *
 * Only `id` is certain: Dify has sent 7 to 15 of these keys depending on its version, several may be null, and a newer
 * version may add more, so unknown keys are kept.
 *
 * Source: `POST /files/upload` of Dify's Completion App API (schema FileUploadResponse).
 */
export interface DifyFile {
  /** The upload's UUID: what a message refers to as `upload_file_id`. Never empty. */
  id: string
  /** Always null where it exists (Dify 1.15 and later). */
  reference?: string | null
  /** The name as Dify stored it, which may be shorter than the one that was sent. */
  name?: string | null
  /** Bytes. */
  size?: number | null
  /** Lower case, without a dot; `''` for a name without one. */
  extension?: string | null
  /** The type that the upload declared, lower case, without parameters. Dify does not look at the bytes. */
  mime_type?: string | null
  /** UUID of Dify's end user, which is not the `user` string of the request. */
  created_by?: string | null
  /** Unix seconds. */
  created_at?: number | null
  preview_url?: string | null
  /** A signed URL that anyone can read for about five minutes. Preview from the local `File` instead. */
  source_url?: string | null
  original_url?: string | null
  user_id?: string | null
  /** UUID of the workspace. */
  tenant_id?: string | null
  conversation_id?: string | null
  file_key?: string | null
  [later: string]: unknown
}

/**
 * Reads an upload's answer leniently: an object with a non-empty `id` is a file; everything else about it may be
 * missing, null, or new. A known key whose value has an unexpected type becomes null, so that what the types say holds.
 *
 * @returns the file, or null when this is not one.
 */
export function decodeDifyFile(json: unknown): DifyFile | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null
  const { id } = json as { id?: unknown }
  if (typeof id !== 'string' || id.trim() === '') return null
  const file: DifyFile = { ...json, id }
  for (const key of TEXT_KEYS) if (key in file && typeof file[key] !== 'string') file[key] = null
  for (const key of NUMBER_KEYS) if (key in file && typeof file[key] !== 'number') file[key] = null
  return file
}

const TEXT_KEYS = [
  'reference', 'name', 'extension', 'mime_type', 'created_by', 'preview_url', 'source_url', 'original_url', 'user_id',
  'tenant_id', 'conversation_id', 'file_key',
] as const
const NUMBER_KEYS = ['size', 'created_at'] as const

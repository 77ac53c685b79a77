import { isAtLeast } from './difyVersion.js'

/** An upload as the emulator keeps it, for tests to look at. */
export interface StoredFile {
  /** UUID: what a message refers to as `upload_file_id`. */
  id: string
  /** As stored: perhaps shortened. */
  name: string
  /** Bytes. */
  size: number
  /** Of the bytes that arrived, in lower-case hex. */
  sha256: string
  /** Lower case, without a dot; `''` for none. */
  extension: string
  /** As the part declared it, lower case, without parameters. */
  mime_type: string
  /** The `user` string of the upload, or `DEFAULT-USER`. */
  user: string
  /** The end user's UUID. */
  created_by: string
  /** Unix seconds. */
  created_at: number
  /** The app's id. */
  app: string
  /** Null unless the emulator was made with `keepBytes`. */
  bytes: Uint8Array<ArrayBuffer> | null
}

/** How a version of Dify words an uploaded file. */
export interface FileWording {
  /** Like `1.16.0`. */
  version: string
  /** `seed`: as the example on Dify's API page has it, which no server answers. */
  variant: 'real' | 'seed'
  tenantId: string
}

/** The body of the 201: 7 to 15 keys, by version. */
export function fileAnswer(file: StoredFile, sourceUrl: string, wording: FileWording): Record<string, unknown> {
  const { version, variant, tenantId } = wording
  const { id, name, size, extension, mime_type, created_by, created_at } = file
  const oldest = { id, name, size, extension, mime_type, created_by, created_at }
  const rest = { original_url: null, user_id: null, tenant_id: tenantId, conversation_id: null, file_key: null }
  if (variant === 'seed') {
    return { ...oldest, preview_url: null, source_url: null, ...rest, user_id: created_by, file_key: `uploads/${name}` }
  }
  if (isAtLeast(version, '1.15.0')) {
    return { ...oldest, reference: null, preview_url: null, source_url: sourceUrl, ...rest }
  }
  if (isAtLeast(version, '1.11.3')) return { ...oldest, preview_url: null, source_url: sourceUrl, ...rest }
  if (isAtLeast(version, '1.9.1')) return { ...oldest, preview_url: null, source_url: sourceUrl }
  if (isAtLeast(version, '1.9.0')) return { ...oldest, preview_url: sourceUrl }
  if (isAtLeast(version, '1.3.0')) return { ...oldest, preview_url: null }
  return oldest
}

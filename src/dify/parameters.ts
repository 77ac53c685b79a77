import { KINDS, normalExtension, SIZE_CATEGORIES, type Kind, type SizeCategory } from './kinds.js'

/** How a file reaches Dify: its bytes, or a link that Dify follows itself. */
export type TransferMethod = 'local_file' | 'remote_url'

/**
 * Dify's answer to `GET /parameters`, as far as files are concerned, plus the one key our proxy adds. Nothing in it is
 * certain: `file_upload` has three shapes, and an old server lacks keys.
 */
export interface AppParameters {
  file_upload?: FileUploadParameters | null
  system_parameters?: SystemParameters | null
  user_input_form?: readonly Record<string, InputVariable | null>[] | null
  /** Added by our proxy: its version, and the operator's own caps in bytes. */
  dify_file_drop?: { version?: string; max_bytes?: Partial<Record<SizeCategory, number>> } | null
  [more: string]: unknown
}

/** Live values of the server, in MiB. `0` is a real value. */
export interface SystemParameters {
  image_file_size_limit?: number
  video_file_size_limit?: number
  audio_file_size_limit?: number
  file_size_limit?: number
  /** Caps a slider in Dify's builder; the server never enforces it. */
  workflow_file_upload_limit?: number
  [more: string]: unknown
}

/** What restricts files: the app's chat attachments, or one input variable. */
export interface FileRestrictions {
  allowed_file_types?: readonly string[] | null
  allowed_file_extensions?: readonly string[] | null
  allowed_file_upload_methods?: readonly string[] | null
}

export interface FileUploadParameters extends FileRestrictions {
  enabled?: boolean
  number_limits?: number | null
  /** Legacy. Chat, agent and completion apps ignore it when a message comes, silently. */
  image?: { enabled?: boolean; number_limits?: number; detail?: string; transfer_methods?: readonly string[] } | null
  /** A snapshot from when the author saved, often stale: ignored, `system_parameters` is live. */
  fileUploadConfig?: unknown
  [more: string]: unknown
}

export interface InputVariable extends FileRestrictions {
  type?: string
  label?: string
  variable?: string
  required?: boolean
  /** For `file-list`: the most files. */
  max_length?: number | null
  [more: string]: unknown
}

/** What one app (or one input variable of it) accepts, read from its parameters. Bytes, not MiB. */
export interface AppRules {
  /** False: Dify ignores attachments of this app without a word. */
  enabled: boolean
  /** Only the legacy image switch is on: uploads succeed, and most apps then ignore them. Worth a warning. */
  legacyImageOnly: boolean
  /** Null: any kind but custom restrictions (Dify's `[]`). */
  kinds: readonly Kind[] | null
  /** For the custom kind only. Lower case, without dots. */
  extensions: readonly string[]
  methods: readonly TransferMethod[]
  /** Null: unknown or unlimited. */
  maxFiles: number | null
  /** Chat attachments only. Dify counts images on their own too: against 3 where nothing is set, and against 0 where 0 is. */
  maxImages: number | null
  /** Bytes by size category; null where the server does not say. */
  maxBytes: Readonly<Record<SizeCategory, number | null>>
  /** The variable must have a file. Always false for chat attachments. */
  required: boolean
}

export const MIB = 1024 * 1024

/** Dify's documented defaults in bytes, for when no server could be asked: shown, never enforced. */
export const DEFAULT_MAX_BYTES: Readonly<Record<SizeCategory, number>> = {
  image: 10 * MIB,
  document: 15 * MIB,
  audio: 50 * MIB,
  video: 100 * MIB,
}

/**
 * Reads what an app accepts from its `/parameters`, whichever of the three shapes they have.
 *
 * @param variable the name of a `file` or `file-list` variable in `user_input_form`: its rules instead of the chat's.
 *   They hold even where chat attachments are off.
 * @throws RangeError when the app has no file variable of that name.
 */
export function uploadRulesOf(parameters: AppParameters, variable?: string): AppRules {
  const maxBytes = maxBytesOf(parameters.system_parameters)
  return variable === undefined
    ? { ...chatRules(parameters.file_upload ?? {}), maxBytes }
    : { ...variableRules(fileVariable(parameters, variable)), maxBytes }
}

/** Parameters from JSON: anything but an object is none. What the object holds is read leniently where it is used. */
export function decodeParameters(json: unknown): AppParameters | null {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as AppParameters) : null
}

type PartialRules = Omit<AppRules, 'maxBytes'>

function chatRules(upload: FileUploadParameters): PartialRules {
  const legacyImageOnly = upload.enabled !== true && upload.image?.enabled === true
  const limit = legacyImageOnly ? upload.image?.number_limits : upload.number_limits
  return {
    enabled: upload.enabled === true || legacyImageOnly,
    legacyImageOnly,
    kinds: kindsOf(upload.allowed_file_types ?? (legacyImageOnly ? ['image'] : null)),
    extensions: extensionsOf(upload.allowed_file_extensions),
    methods: methodsOf(upload.allowed_file_upload_methods ?? upload.image?.transfer_methods),
    maxFiles: positive(limit),
    maxImages: imagesOf(limit),
    required: false,
  }
}

function variableRules(variable: InputVariable): PartialRules {
  return {
    enabled: true,
    legacyImageOnly: false,
    kinds: kindsOf(variable.allowed_file_types),
    extensions: extensionsOf(variable.allowed_file_extensions),
    methods: methodsOf(variable.allowed_file_upload_methods),
    maxFiles: variable.type === 'file' ? 1 : positive(variable.max_length),
    maxImages: null,
    required: variable.required === true,
  }
}

/**
 * The shape that an input variable wants its files in, for `toInput`: `file` takes one object, `file-list` an array.
 *
 * @throws RangeError when the app has no file variable of that name.
 */
export function inputShapeOf(parameters: AppParameters, variable: string): 'file' | 'file-list' {
  return fileVariable(parameters, variable).type === 'file-list' ? 'file-list' : 'file'
}

function fileVariable(parameters: AppParameters, name: string): InputVariable {
  const form = Array.isArray(parameters.user_input_form) ? parameters.user_input_form : []
  for (const item of form as Record<string, InputVariable | null>[]) {
    for (const [type, variable] of Object.entries(item ?? {})) {
      if (type !== 'file' && type !== 'file-list') continue
      if (variable?.variable === name) return { ...variable, type }
    }
  }
  throw new RangeError(
    `This app has no file variable "${name}", so there are no rules for it. Name a "file" or "file-list" variable of its user_input_form.`,
  )
}

function kindsOf(types: readonly string[] | null | undefined): readonly Kind[] | null {
  if (!Array.isArray(types) || types.length === 0) return null
  const wanted = new Set(types.map((type) => String(type).toLowerCase()))
  return KINDS.filter((kind) => wanted.has(kind))
}

function extensionsOf(extensions: readonly string[] | null | undefined): readonly string[] {
  if (!Array.isArray(extensions)) return []
  return [...new Set(extensions.map((extension) => normalExtension(String(extension))))].filter((it) => it !== '')
}

function methodsOf(methods: readonly string[] | null | undefined): readonly TransferMethod[] {
  const known: readonly TransferMethod[] = ['local_file', 'remote_url']
  return Array.isArray(methods) && methods.length > 0 ? known.filter((method) => methods.includes(method)) : known
}

/** 0 and missing mean "no limit" to the server's count of all files. */
function positive(limit: unknown): number | null {
  return typeof limit === 'number' && Number.isFinite(limit) && limit > 0 ? Math.floor(limit) : null
}

/** The very same setting, read otherwise by the server's count of images: missing is 3, and 0 is none. */
function imagesOf(limit: unknown): number | null {
  if (limit === undefined || limit === null) return 3
  return typeof limit === 'number' && Number.isFinite(limit) && limit >= 0 ? Math.floor(limit) : null
}

const LIMIT_KEYS = {
  image: 'image_file_size_limit',
  audio: 'audio_file_size_limit',
  video: 'video_file_size_limit',
  document: 'file_size_limit',
} as const

function maxBytesOf(system: SystemParameters | null | undefined): Record<SizeCategory, number | null> {
  const limits = {} as Record<SizeCategory, number | null>
  for (const category of SIZE_CATEGORIES) {
    const mib = system?.[LIMIT_KEYS[category]]
    limits[category] = typeof mib === 'number' && Number.isFinite(mib) && mib >= 0 ? mib * MIB : null
  }
  return limits
}

import {
  DEFAULT_MAX_BYTES,
  uploadRulesOf,
  type AppParameters,
  type AppRules,
  type TransferMethod,
} from '../dify/parameters.js'
import { KIND_EXTENSIONS, KINDS, normalExtension, SIZE_CATEGORIES, type Kind, type SizeCategory } from '../dify/kinds.js'

/**
 * Who set a rule: the page that embeds the widget (`host`), whoever runs the proxy (`operator`), the Dify app and its
 * server (`app`), or nobody (`default`: Dify's documented default, shown but not enforced).
 */
export type Layer = 'host' | 'operator' | 'app' | 'default'

/** What the host wants on top of what the app says. It can narrow, never widen. */
export interface HostRules {
  /** Kinds to accept. Absent: whatever the app accepts. */
  kinds?: readonly Kind[] | null | undefined
  /**
   * Extensions to accept, with or without dot. With `kinds` that include `custom`, they name what `custom` means (as in
   * Dify); otherwise a file must be of one of `kinds` and of one of these.
   */
  extensions?: readonly string[] | null | undefined
  /** Files in one message, at most. */
  maxFiles?: number | null | undefined
  /** Bytes by size category; `document` is everything that is not image, audio or video by extension. */
  maxBytes?: { readonly [Category in SizeCategory]?: number | null } | null | undefined
  /** How files may come: their bytes, links, or both. */
  methods?: readonly TransferMethod[] | null | undefined
  /** A message needs at least one file. @default false */
  required?: boolean | undefined
}

/** A number that limits, with whose it is. */
export interface Limit {
  /** Infinity where nothing limits. */
  value: number
  layer: Layer
  /** False: nobody could be asked, so the limit is shown and left to the server. */
  enforced: boolean
}

/** Kinds and extensions that one layer accepts. A file must pass every layer's. */
export interface TypeRule {
  layer: Layer
  kinds: readonly Kind[] | null
  /** Lower case, without dots; null where extensions do not matter. */
  extensions: readonly string[] | null
  /** Extensions define `custom` and nothing else, as in Dify; otherwise they restrict every kind. */
  extensionsMeanCustom: boolean
}

/** The effective rules: the strictest of host, operator and Dify, each with the layer that set it. */
export interface Rules {
  /** Whether files are taken at all. */
  enabled: { value: boolean; layer: Layer }
  /** One a layer that says anything; a file must pass each. */
  types: readonly TypeRule[]
  /** How files may come: their bytes, links, or both. */
  methods: { value: readonly TransferMethod[]; layer: Layer }
  /** Files in one message. */
  maxFiles: Limit
  /** Images in one message, counted by Dify on their own besides. */
  maxImages: Limit
  /** Bytes of one file, by size category. */
  maxBytes: Readonly<Record<SizeCategory, Limit>>
  /** A message needs at least one file. */
  required: boolean
  /** The app's only switch is the legacy image one: most Dify apps ignore such files without a word. */
  legacyImageOnly: boolean
  /** Whether the app's own rules are part of this. */
  known: boolean
}

/**
 * Merges what host, operator and app say. The strictest wins, and each rule remembers whose it is.
 *
 * @param strict the app compares a message's types with its own detection (workflow apps). @default false
 */
export function mergeRules(
  host: HostRules = {}, parameters: AppParameters | null = null, variable?: string, strict = false,
): Rules {
  const app = parameters === null ? null : appRulesOf(parameters, variable)
  return {
    enabled: { value: app?.enabled ?? true, layer: app === null ? 'default' : 'app' },
    types: typeRules(host, app, strict),
    methods: mergeMethods(host, app),
    maxFiles: strictest([limitOf(host.maxFiles, 'host'), limitOf(app?.maxFiles, 'app')]) ?? NO_LIMIT,
    maxImages: limitOf(app?.maxImages, 'app') ?? NO_LIMIT,
    maxBytes: mergeMaxBytes(host, parameters, app),
    required: host.required === true || app?.required === true,
    legacyImageOnly: app?.legacyImageOnly ?? false,
    known: app !== null,
  }
}

/** Whether a type rule accepts a file of this kind and extension. */
export function acceptsType(rule: TypeRule, kind: Kind, extension: string): boolean {
  const isKind = rule.kinds === null || rule.kinds.includes(kind)
  if (rule.extensions === null) return isKind
  const isListed = extension !== '' && rule.extensions.includes(extension)
  if (!rule.extensionsMeanCustom) return isKind && isListed
  if (rule.kinds === null || (kind !== 'custom' && isKind)) return true
  return rule.kinds.includes('custom') && isListed
}

/**
 * What the rules accept, for words and for a picker: kinds and extensions that pass every layer.
 * `anything`: no layer restricts types.
 */
export interface Accepted {
  anything: boolean
  kinds: readonly Kind[]
  /** Extensions beyond those of the kinds, or, where `kinds` is empty, all there are. Lower case, without dots. */
  extensions: readonly string[]
}

export function acceptedBy(rules: Rules): Accepted {
  if (rules.types.length === 0) return { anything: true, kinds: [], extensions: [] }
  const kinds = (['image', 'document', 'audio', 'video', 'custom'] as const).filter((kind) =>
    rules.types.every((rule) => (rule.kinds === null || rule.kinds.includes(kind)) && (rule.extensions === null || (rule.extensionsMeanCustom && kind !== 'custom'))),
  )
  const named = new Set(rules.types.flatMap((rule) => rule.extensions ?? []))
  const extensions = [...named].filter((extension) => {
    const kind = kindByExtension(extension)
    return !kinds.includes(kind) && rules.types.every((rule) => acceptsType(rule, kind, extension))
  })
  return { anything: false, kinds, extensions }
}

/**
 * The `accept` attribute for a file input: MIME wildcards and extensions of what is accepted, or undefined for none.
 * None whenever custom files are allowed: phones grey out what they do not know.
 */
export function acceptAttribute(rules: Rules): string | undefined {
  const { anything, kinds, extensions } = acceptedBy(rules)
  const custom = kinds.includes('custom') || extensions.some((it) => kindByExtension(it) === 'custom')
  if (anything || custom || (kinds.length === 0 && extensions.length === 0)) return undefined
  const parts: string[] = []
  for (const kind of kinds) {
    if (kind === 'custom') continue
    if (kind !== 'document') parts.push(`${kind}/*`)
    parts.push(...KIND_EXTENSIONS[kind].map((extension) => `.${extension}`))
  }
  parts.push(...extensions.map((extension) => `.${extension}`))
  return parts.join(',')
}

const NO_LIMIT: Limit = { value: Infinity, layer: 'default', enforced: false }

function appRulesOf(parameters: AppParameters, variable: string | undefined): AppRules | null {
  // A proxy that only knows its own caps sends no `file_upload` at all: the app's rules are unknown, not "disabled".
  if (variable === undefined && parameters.file_upload === undefined && parameters.system_parameters === undefined) return null
  const rules = uploadRulesOf(parameters, variable)
  // Where pictures come as custom files, Dify counts no images.
  return rules.kinds === null || rules.kinds.includes('image') ? rules : { ...rules, maxImages: null }
}

function typeRules(host: HostRules, app: AppRules | null, strict: boolean): TypeRule[] {
  const rules: TypeRule[] = []
  if (app !== null && app.kinds !== null) {
    rules.push({ layer: 'app', kinds: app.kinds, extensions: app.extensions, extensionsMeanCustom: true })
  } else if (app !== null && strict) {
    // "Any type" still takes a custom file only by its extension, and a strict app lets nobody call it anything else.
    const kinds = app.extensions.length === 0 ? SIZE_CATEGORIES : KINDS
    rules.push({ layer: 'app', kinds, extensions: app.extensions, extensionsMeanCustom: true })
  }
  const kinds = host.kinds ?? null
  const extensions = host.extensions == null ? null : host.extensions.map(normalExtension).filter((it) => it !== '')
  if (kinds !== null || extensions !== null) {
    const extensionsMeanCustom = kinds !== null && extensions !== null && kinds.includes('custom')
    rules.push({ layer: 'host', kinds, extensions, extensionsMeanCustom })
  }
  return rules
}

function mergeMethods(host: HostRules, app: AppRules | null): Rules['methods'] {
  const ofApp = app?.methods ?? (['local_file', 'remote_url'] as const)
  if (host.methods == null) return { value: ofApp, layer: app === null ? 'default' : 'app' }
  const value = ofApp.filter((method) => host.methods!.includes(method))
  return { value, layer: value.length < ofApp.length ? 'host' : 'app' }
}

function mergeMaxBytes(host: HostRules, parameters: AppParameters | null, app: AppRules | null): Rules['maxBytes'] {
  const merged = {} as Record<SizeCategory, Limit>
  for (const category of SIZE_CATEGORIES) {
    merged[category] = strictest([
      limitOf(app?.maxBytes[category], 'app'),
      limitOf(parameters?.dify_file_drop?.max_bytes?.[category], 'operator'),
      limitOf(host.maxBytes?.[category], 'host'),
    ]) ?? { value: DEFAULT_MAX_BYTES[category], layer: 'default', enforced: false }
  }
  return merged
}

function limitOf(value: number | null | undefined, layer: Layer): Limit | null {
  return typeof value === 'number' && !Number.isNaN(value) && value >= 0 ? { value, layer, enforced: true } : null
}

function strictest(limits: readonly (Limit | null)[]): Limit | null {
  let best: Limit | null = null
  for (const limit of limits) if (limit !== null && (best === null || limit.value < best.value)) best = limit
  return best
}

function kindByExtension(extension: string): Kind {
  for (const category of SIZE_CATEGORIES) if (KIND_EXTENSIONS[category].includes(extension)) return category
  return 'custom'
}

import type { AppParameters } from '../dify/parameters.js'
import { defaultParameters } from './defaultParameters.js'
import { DifyRefusal } from './difyAnswer.js'

/** What sort of app a key belongs to. */
export type AppMode = 'chat' | 'agent-chat' | 'advanced-chat' | 'completion' | 'workflow'

/** Dify's answer to `GET /info`. */
export interface AppInfo {
  name: string
  description: string
  tags: readonly string[]
  mode: AppMode
  author_name: string
}

/** One app and its key. */
export interface EmulatedAppOptions {
  key: string
  /** Its name, for `/info`. @default the emulator's */
  app?: string
  /** Instead of the emulator's. */
  parameters?: AppParameters
  /** Instead of the emulator's. */
  info?: Partial<AppInfo>
  /** Anything but `'normal'`: every call is refused with 403. @default 'normal' */
  condition?: AppCondition
}

/** What Dify's own console did to an app: each answers in its own way. */
export type AppCondition = 'normal' | 'gone' | 'abnormal' | 'api-disabled' | 'archived'

/** One app of the emulated Dify, as it stands. */
export interface EmulatedApp {
  id: string
  key: string
  parameters: AppParameters
  info: AppInfo
  /** Null when no mode was asked for: then all three message routes work, each as an app of its own sort would. */
  mode: AppMode | null
  condition: AppCondition
}

/** Makes the apps from the options, one for a single key. */
export function emulatedApps(
  apiKey: string | readonly EmulatedAppOptions[],
  shared: { parameters?: AppParameters | undefined; info?: Partial<AppInfo> | undefined; uuid: () => string },
): readonly EmulatedApp[] {
  const apps = typeof apiKey === 'string' ? [{ key: apiKey }] : apiKey
  return apps.map(({ key, app, parameters, info, condition = 'normal' }: EmulatedAppOptions) => {
    const asked = { ...shared.info, ...(app === undefined ? {} : { name: app }), ...info }
    return {
      id: shared.uuid(),
      key,
      parameters: parameters ?? shared.parameters ?? defaultParameters(),
      info: { ...DEFAULT_INFO, ...asked },
      mode: asked.mode ?? null,
      condition,
    }
  })
}

const DEFAULT_INFO: AppInfo = {
  name: 'Emulated app',
  description: 'Names the files it receives.',
  tags: ['emulator'],
  mode: 'chat',
  author_name: 'dify-file-drop',
}

/**
 * The app of a request's key.
 *
 * @throws DifyRefusal 401 with one of three messages, or 403 for an app that cannot be used.
 */
export function authorizedApp(apps: readonly EmulatedApp[], authorization: string | null): EmulatedApp {
  if (authorization === null || !/\s/.test(authorization.trim())) {
    throw unauthorized("Authorization header must be provided and start with 'Bearer'")
  }
  const [, scheme, token] = /^(\S+)\s+(.*)$/.exec(authorization.trim())!
  if (scheme!.toLowerCase() !== 'bearer') throw unauthorized("Authorization scheme must be 'Bearer'")
  const app = apps.find((app) => app.key === token)
  if (app === undefined) throw unauthorized('Access token is invalid')
  const refusal = CONDITIONS[app.condition]
  if (refusal !== null) throw new DifyRefusal(403, 'forbidden', refusal)
  return app
}

function unauthorized(message: string): DifyRefusal {
  return new DifyRefusal(401, 'unauthorized', message, { 'www-authenticate': 'Bearer realm="api"' })
}

const CONDITIONS: Readonly<Record<AppCondition, string | null>> = {
  normal: null,
  gone: 'The app no longer exists.',
  abnormal: "The app's status is abnormal.",
  'api-disabled': "The app's API service has been disabled.",
  archived: "The workspace's status is archived.",
}

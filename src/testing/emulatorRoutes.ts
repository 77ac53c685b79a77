/** The paths that this Dify knows, below its base path, and how they may be asked. */
export const EMULATOR_ROUTES = {
  welcome: { method: 'GET', path: /^\/?$/, needsKey: false },
  upload: { method: 'POST', path: /^\/files\/upload$/, needsKey: true },
  preview: { method: 'GET', path: /^\/files\/([^/]+)\/preview$/, needsKey: true },
  parameters: { method: 'GET', path: /^\/parameters$/, needsKey: true },
  info: { method: 'GET', path: /^\/info$/, needsKey: true },
  endUser: { method: 'GET', path: /^\/end-users\/([^/]+)$/, needsKey: true },
  chat: { method: 'POST', path: /^\/chat-messages$/, needsKey: true },
  completion: { method: 'POST', path: /^\/completion-messages$/, needsKey: true },
  workflow: { method: 'POST', path: /^\/workflows\/run$/, needsKey: true },
  stop: { method: 'POST', path: /^\/(?:chat-messages|completion-messages|workflows\/tasks)\/([^/]+)\/stop$/, needsKey: true },
} as const satisfies Record<string, { method: 'GET' | 'POST'; path: RegExp; needsKey: boolean }>

/** A route of the emulated Dify. */
export type RouteName = keyof typeof EMULATOR_ROUTES

export interface EmulatorRoute {
  name: RouteName
  /** The path's one variable segment, or `''`. */
  id: string
  isMethodAllowed: boolean
}

/** The route of a path, or null: Flask's own 404. Ids that must be UUIDs are part of the path to Flask. */
export function routeOf(method: string, path: string): EmulatorRoute | null {
  for (const [name, route] of Object.entries(EMULATOR_ROUTES)) {
    const match = route.path.exec(path)
    if (match === null) continue
    const id = match[1] ?? ''
    if ((name === 'preview' || name === 'endUser') && !isUuid(id)) return null
    const isMethodAllowed = method === route.method || (method === 'HEAD' && route.method === 'GET')
    return { name: name as RouteName, id, isMethodAllowed }
  }
  return null
}

/** As Python's `uuid.UUID` takes them: with or without hyphens, braces and `urn:uuid:`. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text.replace('urn:', '').replace('uuid:', '').replaceAll(/^[{]+|[}]+$/g, '').replaceAll('-', ''))
}

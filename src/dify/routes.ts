/** Where a browser asks the proxy, below its base URL. */
export const PATHS = { upload: 'files/upload', resumable: 'files/resumable', parameters: 'parameters', info: 'info', session: 'session', chat: 'chat-messages' } as const

/** The routes that exist, under whatever path the proxy is mounted. `:id` is one segment. */
export const ROUTES = {
  upload: { methods: ['POST'], path: PATHS.upload },
  parameters: { methods: ['GET'], path: PATHS.parameters },
  info: { methods: ['GET'], path: PATHS.info },
  session: { methods: ['GET'], path: PATHS.session },
  chat: { methods: ['POST'], path: PATHS.chat },
  completion: { methods: ['POST'], path: 'completion-messages' },
  workflow: { methods: ['POST'], path: 'workflows/run' },
  chatStop: { methods: ['POST'], path: 'chat-messages/:id/stop' },
  completionStop: { methods: ['POST'], path: 'completion-messages/:id/stop' },
  workflowStop: { methods: ['POST'], path: 'workflows/tasks/:id/stop' },
  preview: { methods: ['GET'], path: 'files/:id/preview' },
  resumableStart: { methods: ['POST'], path: PATHS.resumable },
  resumablePiece: { methods: ['HEAD', 'PATCH'], path: 'files/resumable/:id' },
  resumableResult: { methods: ['GET'], path: 'files/resumable/:id/result' },
  health: { methods: ['GET'], path: 'health' },
} as const satisfies Record<string, { methods: readonly RouteMethod[]; path: string }>

export type RouteName = keyof typeof ROUTES
export type RouteMethod = 'GET' | 'POST' | 'HEAD' | 'PATCH'

export interface RouteMatch {
  name: RouteName
  methods: readonly RouteMethod[]
  /** The path below Dify's base URL, rebuilt from the table: never the caller's own text but for a checked id. */
  path: string
  /** The `:id` segment, or null. */
  id: string | null
}

/**
 * The route a path ends in, or null. Segments are compared undecoded, and a path with `%`, a backslash, or an empty or
 * dot segment matches nothing: there is no second reading of it that a server behind us could prefer.
 *
 * @param path the raw path, as it stood in the request line, without the query.
 */
export function matchRoute(path: string): RouteMatch | null {
  if (!/^\/[A-Za-z0-9._~!$&'()*+,;=:@/-]*$/.test(path)) return null
  const segments = path.slice(1).split('/')
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return null
  let best: RouteMatch | null = null
  let bestLength = 0
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const pattern = ROUTES[name].path.split('/')
    if (pattern.length <= bestLength || pattern.length > segments.length) continue
    const tail = segments.slice(-pattern.length)
    const isMatch = pattern.every((part, i) => (part === ':id' ? isId(tail[i]!) : part === tail[i]))
    if (!isMatch) continue
    const at = pattern.indexOf(':id')
    best = { name, methods: ROUTES[name].methods, path: tail.join('/'), id: at < 0 ? null : tail[at]! }
    bestLength = pattern.length
  }
  return best
}

function isId(segment: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(segment)
}

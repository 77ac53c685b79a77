import { createDifyProxy } from 'dify-file-drop/server'

const MIB = 1024 * 1024

/** The proxy that every server of this folder mounts. Yours asks your sessions where this one reads a cookie. */
export function proxyFrom(env) {
  return createDifyProxy({
    apiKey: (request) => (request.headers.get('x-app') === 'second' ? env.DIFY_API_KEY_2 : env.DIFY_API_KEY),
    baseUrl: env.DIFY_BASE_URL,
    authorize: (request) => {
      const user = /(?:^|; )session=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1]
      return user && { user }
    },
    allowOrigins: ['https://chat.example.com'],
    maxBytes: { audio: 2 * MIB },
    health: true,
    onEvent: (event) => console.log(JSON.stringify(event)),
  })
}

import Fastify from 'fastify'
import { toNodeListener } from 'dify-file-drop/server'
import { proxyFrom } from './proxy.mjs'

const app = Fastify()
const dify = toNodeListener(proxyFrom(process.env))

// A plugin of its own, so that the rest of the app keeps its body parsers.
app.register(
  async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (request, body, done) => done(null))
    scope.all('/*', (request, reply) => {
      reply.hijack()
      dify(request.raw, reply.raw)
    })
  },
  { prefix: '/api/dify' },
)

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })

// One contender as a process of its own: `proxy` is ours on node:http, `request` ours as a function of `Request`, `formdata` what most chats have, `pipe` the least that a Node proxy can do.
import { createServer, request as send, Agent } from 'node:http'
import { createDifyProxy, toNodeListener } from '../../.cache/bench/server/index.js'

const [, , kind, upstreamPort] = process.argv
const base = `http://127.0.0.1:${upstreamPort}/v1`

const ours = () => createDifyProxy({ apiKey: 'app-bench', baseUrl: base, authorize: () => ({ user: 'bench' }) })

const handlers = {
  proxy: () => toNodeListener(ours()),
  request: () => {
    const proxy = ours()
    return toNodeListener((request) => proxy(request))
  },
  formdata: () =>
    toNodeListener(async (request) => {
      const form = await request.formData()
      form.append('user', 'bench')
      return fetch(`${base}/files/upload`, { method: 'POST', headers: { authorization: 'Bearer app-bench' }, body: form })
    }),
  pipe: () => {
    const agent = new Agent({ keepAlive: true })
    return (incoming, outgoing) => {
      const upstream = send(`${base}/files/upload`, { method: 'POST', agent, headers: incoming.headers }, (answer) => {
        outgoing.writeHead(answer.statusCode, answer.headers)
        answer.pipe(outgoing)
      })
      incoming.pipe(upstream)
    }
  },
}

const server = createServer(handlers[kind]())
server.requestTimeout = 0
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
// So that `--cpu-prof` gets to write its profile.
process.once('SIGINT', () => process.exit(0))

import type { IncomingMessage, RequestListener } from 'node:http'

/**
 * A proxy as many have one already: it reads the form, writes its own user into it, and relays Dify's JSON and status. It
 * knows nothing of this package.
 *
 * @param dify answers as Dify does, under `/v1`
 */
export function plainProxy(apiKey: string, dify: (request: Request) => Promise<Response>): RequestListener {
  return async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const headers: Record<string, string> = { authorization: `Bearer ${apiKey}` }
    let body: FormData | undefined
    if (request.method === 'POST') {
      body = await new Request('http://x/', { method: 'POST', headers: { 'content-type': request.headers['content-type'] ?? '' }, body: await bytesOf(request) }).formData()
      body.set('user', 'plain')
    }
    const answer = await dify(new Request(`http://dify.invalid/v1${path}`, { method: request.method ?? 'GET', headers, ...(body && { body }) }))
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  }
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer())
}

import { callDify, proxy } from '../../../lib/dify'

/** Your own message route: with the same user as the uploads, so that Dify finds the files. */
export async function POST(request: Request): Promise<Response> {
  const user = await proxy.userOf(request)
  if (user === null) return Response.json({ code: 'unauthorized' }, { status: 401 })
  const { query, files, conversation_id } = await request.json()
  const message = { query, files, conversation_id, inputs: {}, response_mode: 'streaming', user }
  const answer = await callDify('chat-messages', message, request.signal)
  return new Response(answer.body, { status: answer.status, headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' } })
}

import { fitName } from '../../dify/fileName.js'
import { passedHeaders, type Call } from '../call.js'
import type { Outgoing } from '../exchange.js'
import { Refusal } from '../refusal.js'
import { upstreamFault } from '../upstreamFault.js'
import { describe, UpstreamLink } from '../upstreamLink.js'

/** Whether this user may read this file: Dify lets every user of the app read all of its files. */
export type MayRead = (question: { user: string; id: string; request: Request }) => boolean | Promise<boolean>

/** `GET files/:id/preview`: a file that a message refers to. Shown in the page only where no script can hide in it. */
export async function preview(call: Call, mayRead: MayRead): Promise<Outgoing> {
  const id = call.route.id ?? ''
  if (!(await allowed(mayRead, { user: call.user, id, request: call.incoming.toRequest() }))) throw new Refusal('not_found')

  const asAttachment = new URLSearchParams(call.incoming.query).get('as_attachment') === 'true'
  const link = new UpstreamLink(call.upstream, call.settings.timeouts, call.incoming.signal)
  call.onEnd(() => link.close())
  const answer = await link.ask({
    method: 'GET',
    url: asAttachment ? `${call.url}?as_attachment=true` : call.url,
    headers: { ...call.headers, accept: '*/*' },
    body: null,
  })
  call.trace.upstreamStatus = answer.status
  if (answer.status !== 200) {
    const told = await link.text(answer, 64 * 1024)
    // Of another app, not in any message yet, not an id at all: to this user there is no such file.
    const isAboutTheFile = told.header('x-version') !== null && (answer.status === 403 || answer.status === 404)
    throw isAboutTheFile ? new Refusal('not_found', { from: 'dify' }) : upstreamFault(told, 'preview')
  }
  const type = (answer.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  const isInline = !asAttachment && INLINE.has(type)
  const headers = passedHeaders(answer, 'content-length')
  headers.set('content-type', isInline ? type : 'application/octet-stream')
  headers.set('content-disposition', isInline ? 'inline' : attachment(answer.header('content-disposition')))
  headers.set('content-security-policy', "sandbox; default-src 'none'")
  return { status: 200, headers, body: link.chunks(answer) }
}

/** png jpeg gif webp, mp4 webm, mp3 m4a wav: nothing that a browser would run. */
const INLINE = new Set([
  'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'video/mp4', 'video/webm',
  'audio/mpeg', 'audio/mp3', 'audio/mp4', 'audio/x-m4a', 'audio/m4a', 'audio/wav', 'audio/x-wav', 'audio/wave',
])

async function allowed(mayRead: MayRead, question: Parameters<MayRead>[0]): Promise<boolean> {
  try {
    // oxlint-disable-next-line typescript/no-unnecessary-boolean-literal-compare -- from JavaScript anything may come, and only true opens the file
    return (await mayRead(question)) === true
  } catch (error) {
    throw new Refusal('internal_server_error', { detail: `preview.mayRead threw: ${describe(error)}` })
  }
}

/** Dify's file name, written anew. */
function attachment(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1]
  if (encoded === undefined) return 'attachment'
  try {
    const name = encodeURIComponent(fitName(decodeURIComponent(encoded))).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    return `attachment; filename*=UTF-8''${name}`
  } catch {
    return 'attachment'
  }
}

/**
 * What a server in front of Dify answers by itself: HTML, no envelope, no `X-Version`. Cloudflare's words for 520 and
 * above, nginx's for everything else.
 */
export function gatewayAnswer(status: number, headers: Record<string, string> = {}): Response {
  const page = status >= 520 ? cloudflarePage(status) : nginxPage(status)
  const server = status >= 520 ? 'cloudflare' : 'nginx'
  return new Response(page, { status, headers: { server, 'content-type': 'text/html', ...headers } })
}

/** nginx over `client_max_body_size`: it answers without reading on, and closes the connection. */
export function gatewayTooLarge(): Response {
  return gatewayAnswer(413, { connection: 'close' })
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 408: 'Request Time-out', 413: 'Request Entity Too Large',
  429: 'Too Many Requests', 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out', 520: 'Web server is returning an unknown error', 521: 'Web server is down',
  522: 'Connection timed out', 523: 'Origin is unreachable', 524: 'A timeout occurred', 530: 'Origin DNS error',
}

function nginxPage(status: number): string {
  const title = `${status} ${REASONS[status] ?? 'Error'}`
  return [
    '<html>', `<head><title>${title}</title></head>`, '<body>', `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx/1.22.1</center>', '</body>', '</html>', '',
  ].join('\r\n')
}

function cloudflarePage(status: number): string {
  const title = `${status}: ${REASONS[status] ?? 'Error'}`
  return `<!DOCTYPE html>
<html lang="en-US">
<head><title>dify.example | ${title}</title></head>
<body><div id="cf-wrapper"><h1>${title}</h1><span>Error code ${status}</span> Cloudflare Ray ID: <strong>8f0000000000</strong></div></body>
</html>
`
}

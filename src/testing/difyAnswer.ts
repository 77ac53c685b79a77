/** An answer of Dify's API process in JSON. Its `X-Version` is added where all answers leave. */
export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(`${JSON.stringify(body)}\n`, { status, headers: { 'content-type': 'application/json', ...headers } })
}

/** Thrown by a route to answer with Dify's error envelope. */
export class DifyRefusal extends Error {
  override readonly name = 'DifyRefusal'
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message)
  }

  toAnswer(): Response {
    const { status, code, message } = this
    // Dify does not fix the order of the keys: its 500s come message-first.
    return jsonAnswer(status, status >= 500 ? { message, code, status } : { code, message, status }, this.headers)
  }
}

/** What any `ValueError` in Dify's source becomes. */
export function invalidParam(message: string): DifyRefusal {
  return new DifyRefusal(400, 'invalid_param', message)
}

/** The page that Flask, not Dify's API, answers to a path that it does not know. */
export function flaskNotFound(): Response {
  const page = `<!doctype html>
<html lang=en>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>
`
  return new Response(page, { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

/** Marks an answer as made by a Dify process. */
export function stampVersion(answer: Response, version: string): Response {
  answer.headers.set('x-version', version)
  answer.headers.set('x-env', 'PRODUCTION')
  return answer
}

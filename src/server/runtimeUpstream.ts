import type { Upstream } from './exchange.js'
import { fetchUpstream } from './fetchUpstream.js'
import { nodeUpstream } from './node/nodeUpstream.js'

/**
 * Reaches Dify as this runtime does it best: over `node:http` on Node, over `fetch` everywhere else.
 *
 * Node's `fetch` keeps a copy of all that it streams, should there be a redirect to follow: four uploads of 100 MB cost
 * over 500 MB and three times the CPU.
 */
export function runtimeUpstream(): Upstream {
  if (!isNode()) return fetchUpstream((input, init) => globalThis.fetch(input, init))
  let loading: Promise<Upstream> | null = null
  return async (request) => {
    loading ??= nodeUpstream()
    return (await loading)(request)
  }
}

/** Others say that they are Node, too: Bun, Deno and Workers. */
function isNode(): boolean {
  const { process, navigator } = globalThis as { process?: { versions?: Record<string, string> }; navigator?: { userAgent?: string } }
  if (process?.versions?.['node'] === undefined || process.versions['bun'] !== undefined || 'Deno' in globalThis) return false
  return navigator?.userAgent !== 'Cloudflare-Workers'
}

import { createEngine } from '../core/createEngine.js'
import type { EngineOptions } from '../core/options.js'
import { LISTENERS } from '../core/listeners.js'
import type { Ports } from '../core/ports.js'
import type { Uploader, UploaderListeners } from '../core/uploader.js'
import { browserPorts } from './browserPorts.js'

/** Options of {@link createUploader}: the engine's, the listeners it starts with, and the world it lives in. */
export interface CreateUploaderOptions extends EngineOptions, UploaderListeners {
  /** Parts of the world to replace: the clock, timers, the browser's word about the network, … */
  ports?: Partial<Ports> | undefined
}

/**
 * Makes an engine that outlives components: share it between surfaces, keep it across routes.
 *
 * ```ts
 * const client = createDifyClient({ proxyUrl: '/api/dify' })
 * const uploader = createUploader({ send: client.send, rules: { maxFiles: 5 } })
 * ```
 */
export function createUploader({ ports, ...options }: CreateUploaderOptions): Uploader {
  const uploader = createEngine(options, { ...browserPorts, ...ports })
  const heard = LISTENERS.filter((name) => options[name] !== undefined)
  if (heard.length > 0) uploader.listen(Object.fromEntries(heard.map((name) => [name, options[name]])))
  return uploader
}

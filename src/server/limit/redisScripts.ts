/** Runs a Lua script. `ioredis` and `redis` (node-redis) both fit, each in its own way of calling. */
export type RedisScripts =
  | { eval(script: string, keyCount: number, ...args: string[]): Promise<unknown> }
  | { eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown> }

export type RedisStyle = 'ioredis' | 'node-redis'

/** Calls scripts of one key each, so that a cluster may hold the keys wherever it likes. */
export function scriptRunner(client: RedisScripts, prefix: string, given?: RedisStyle): (script: string, key: string, args: string[]) => Promise<unknown> {
  const style = given ?? ('scriptLoad' in client ? 'node-redis' : 'ioredis')
  return (script, key, args) =>
    style === 'node-redis'
      ? (client as { eval(script: string, options: object): Promise<unknown> }).eval(script, { keys: [prefix + key], arguments: args })
      : (client as { eval(script: string, count: number, ...args: string[]): Promise<unknown> }).eval(script, 1, prefix + key, ...args)
}

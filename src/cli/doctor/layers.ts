/** Who can set a limit, from the browser to Dify. */
export type Layer = 'front' | 'operator' | 'behind' | 'dify_gateway' | 'dify'

/** As they stand in a sentence. */
export const LAYERS: Record<Layer, string> = {
  front: 'a server in front of the proxy',
  operator: 'the proxy’s maxBytes',
  behind: 'a server between the proxy and Dify',
  dify_gateway: 'a server in front of Dify',
  dify: 'Dify',
}

const MIB = 1024 * 1024

/** Bytes as Dify and nginx write them: 1 MB is 1024 × 1024. */
export function megabytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  if (bytes < MIB) return `${Math.round(bytes / 102.4) / 10} KB`
  return `${Math.round((bytes / MIB) * 100) / 100} MB`
}

import { found, type Finding } from './finding.js'
import type { Layer } from './layers.js'
import { senderOf, serverOf, type Reply } from './reply.js'
import type { Effective } from './words.js'

export const CATEGORIES = ['image', 'document', 'audio', 'video'] as const
export type Category = (typeof CATEGORIES)[number]
export type Limits = Record<Category, number | null>

/** What one declared length led to. */
export type Verdict =
  | { is: 'taken' }
  | { is: 'refused'; where: Layer; server: string | null }
  | { is: 'unclear'; reason: string }

/** What is known of the servers on the way: the largest body they take. */
export type GatewayCap = { is: 'none' } | { is: 'cap'; bytes: number; where: Layer; server: string | null } | { is: 'unclear'; reason: string }

/** The form around a file, as browsers write it: a few hundred bytes. */
export const FORM = 1024

/** Bytes between which the edge of an unusual limit is left. */
const RESOLUTION = 16 * 1024

const MIB = 1024 * 1024

/** What people and platforms set. A refusal comes at once and consent is silence, so the way down is the quick one. */
const USUAL: readonly number[] = [
  ...[500, 256, 200, 128].map((each) => each * MIB), 100 * MIB, 100_000_000, ...[64, 50, 32, 30, 25, 20, 16, 15, 12, 10].map((each) => each * MIB), 10_000_000,
  ...[8, 6, 5].map((each) => each * MIB), 4.5 * MIB, 4_500_000, ...[4, 2, 1].map((each) => each * MIB), 1_000_000, 512 * 1024, 64 * 1024,
]

/** The proxy writes the form anew: at a server behind it a body is some hundred bytes larger or smaller. */
const SLACK = 512

/** Finds the largest body that is taken, if `needed` bytes are not: first among the usual limits, then by halving. */
export async function searchCap(probe: (bytes: number) => Promise<Verdict>, needed: number): Promise<GatewayCap> {
  const ask = async (range: Range, bytes: number): Promise<Range> => {
    const edge = await probe(bytes)
    return edge.is === 'taken' ? { ...range, taken: bytes } : { ...range, refused: bytes, edge }
  }
  let range = await ask({ taken: 0, refused: Infinity, edge: { is: 'taken' } }, needed)
  if (range.edge.is === 'taken') return { is: 'none' }
  for (const usual of USUAL) {
    if (usual - SLACK >= range.refused || range.edge.is !== 'refused') continue
    range = await ask(range, usual - SLACK)
    if (range.taken === 0) continue
    range = await ask(range, usual + 1)
    if (range.edge.is === 'refused' && range.refused === usual + 1) return capOf(range.edge, usual)
    break
  }
  while (range.edge.is === 'refused' && range.refused - range.taken > RESOLUTION) range = await ask(range, Math.floor((range.taken + range.refused) / 2))
  return range.edge.is === 'refused' ? capOf(range.edge, roundCap(range.taken, range.refused)) : (range.edge as GatewayCap)
}

/** So much is taken, so much is not, and what was said to that. */
interface Range {
  taken: number
  refused: number
  edge: Verdict
}

function capOf({ where, server }: Verdict & { is: 'refused' }, bytes: number): GatewayCap {
  return { is: 'cap', bytes, where, server }
}

/** People set round limits: the roundest number that fits what was seen. */
function roundCap(taken: number, refused: number): number {
  for (const unit of [MIB, 512 * 1024, 1_000_000, 100_000, 64 * 1024]) {
    const round = Math.floor((refused - 1) / unit) * unit
    if (round >= taken && round > 0) return round
  }
  return taken
}

/**
 * What the reply to a declared length says of the servers on the way. A refusal by size is theirs unless the proxy or
 * Dify signs it; any other word of the proxy's or Dify's shows that it got that far.
 */
export function verdictOn(reply: Reply | 'taken', target: 'proxy' | 'dify'): Verdict {
  if (reply === 'taken') return { is: 'taken' }
  if (reply.status === null) return { is: 'unclear', reason: reply.detail }
  const sender = senderOf(reply)
  if (reply.status === 413) {
    if (sender === 'proxy') return { is: 'taken' }
    if (sender !== null) return { is: 'refused', where: sender === 'dify' ? 'dify' : 'behind', server: null }
    if (target === 'proxy') return { is: 'refused', where: 'front', server: serverOf(reply) }
    return { is: 'refused', where: reply.header('x-version') === null ? 'dify_gateway' : 'dify', server: serverOf(reply) }
  }
  if (reply.status === 429) return { is: 'unclear', reason: 'too many requests (429)' }
  const gotThrough = target === 'proxy' ? sender === 'proxy' || sender === 'dify' : reply.header('x-version') !== null
  return gotThrough && reply.status < 500 ? { is: 'taken' } : { is: 'unclear', reason: `a declared length is answered ${reply.status}` }
}

/** The limit that bites first for each category, and whose it is. */
export function effectiveLimits(dify: Limits, operator: Partial<Record<Category, number>>, gateway: GatewayCap): Record<Category, Effective> {
  const all = {} as Record<Category, Effective>
  for (const category of CATEGORIES) {
    const own = operator[category]
    const candidates: Effective[] = [{ bytes: dify[category], by: 'dify' }]
    if (typeof own === 'number') candidates.push({ bytes: own, by: 'operator' })
    if (gateway.is === 'cap') candidates.push({ bytes: Math.max(0, gateway.bytes - FORM), by: gateway.where })
    all[category] = candidates.filter(({ bytes }) => bytes !== null).toSorted((a, b) => a.bytes! - b.bytes!)[0] ?? { bytes: null, by: null }
  }
  return all
}

/** The largest file that a browser would send: what the servers on the way have to take. Dify's default where it is not told. */
export function largestAllowed(dify: Limits, operator: Partial<Record<Category, number>>): { bytes: number; category: Category } {
  const limits = effectiveLimits(dify, operator, { is: 'none' })
  const sizes = CATEGORIES.map((category) => ({ category, bytes: limits[category].bytes ?? 0 }))
  const largest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a))
  return largest.bytes > 0 ? largest : { category: 'video', bytes: 100 * MIB }
}

/** @param needed the largest file, in bytes. */
export function capFindings(gateway: GatewayCap, needed: number, reach: 'all' | 'front'): Finding[] {
  if (gateway.is === 'none') return [found('no_gateway_cap', { bytes: needed + FORM, reach })]
  if (gateway.is === 'unclear') return [found('cap_unclear', { reason: gateway.reason })]
  const { bytes, where, server } = gateway
  return [found(bytes >= needed ? 'gateway_cap_near' : 'gateway_cap', { bytes, needed, where, server })]
}

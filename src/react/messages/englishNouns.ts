import type { Layer } from '../../core/rules.js'
import type { Kind, SizeCategory } from '../../dify/kinds.js'
import type { Formats } from './formats.js'

export const KINDS: Record<Kind, string> = { image: 'images', document: 'documents', audio: 'audio', video: 'videos', custom: 'other files' }
export const CATEGORIES: Record<SizeCategory, string> = { image: 'images', document: 'documents', audio: 'audio', video: 'videos' }

export function who(layer: Layer): string {
  return { host: 'this page', operator: 'this server', app: 'this app', default: 'Dify' }[layer]
}

export function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'This file' : formats.bytes(size)
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

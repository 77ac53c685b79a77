/// <reference types="node" />
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Who an upload belongs to: a user under one API key, as 32 hex digits that tell nobody who that is. */
export function ownerOf(secret: string, key: string, user: string): string {
  // The key first: it holds no NUL, so that no two pairs make the same text.
  return mac(secret, `owner\0${key}\0${user}`)
}

/** An id that only this owner can use: 32 hex digits, random or the same for the same key, and 32 that bind them. */
export function mintId(secret: string, owner: string, key?: string): string {
  const random = key === undefined ? randomBytes(16).toString('hex') : mac(secret, `key\0${owner}\0${key}`)
  return random + mac(secret, `id\0${owner}\0${random}`)
}

/** Whether this id was made for this owner. Someone else's and one made up are the same. */
export function isIdOf(secret: string, owner: string, id: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(id)) return false
  return timingSafeEqual(Buffer.from(id.slice(32)), Buffer.from(mac(secret, `id\0${owner}\0${id.slice(0, 32)}`)))
}

function mac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(`dify-file-drop resumable ${text}`).digest('hex').slice(0, 32)
}

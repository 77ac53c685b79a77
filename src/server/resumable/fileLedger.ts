/// <reference types="node" />
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ledger, LedgerEntry } from './ledger.js'

/**
 * A ledger of small files: a folder for each owner, in it one file for each upload, whose ending tells what is open and
 * what is answered. Written beside and renamed, so that a process that is killed leaves no half of one.
 */
export function fileLedger(directory: string): Ledger {
  const path = (owner: string, id: string, ending: string) => join(directory, owner, `${id}.${ending}`)
  return {
    async get(owner, id) {
      const look = (ending: string) => read(path(owner, id, ending))
      // Once more for the answered: it may have been renamed meanwhile.
      return (await look('answered')) ?? (await look('open')) ?? look('answered')
    },
    async put(owner, id, entry) {
      const target = path(owner, id, entry.answer === null ? 'open' : 'answered')
      const beside = path(owner, id, `${crypto.randomUUID()}.tmp`)
      const text = JSON.stringify(entry)
      for (let tries = 0; ; tries++) {
        try {
          await mkdir(join(directory, owner), { recursive: true, mode: 0o700 })
          await writeFile(beside, text, { mode: 0o600 })
          break
        } catch (error) {
          // A sweep took the folder away, which was empty that moment, while it was made or after.
          if (tries === 3 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
        }
      }
      await rename(beside, target)
      if (entry.answer !== null) await rm(path(owner, id, 'open'), { force: true })
    },
    async remove(owner, id) {
      for (const ending of ['open', 'answered']) await rm(path(owner, id, ending), { force: true })
    },
    async open(owner) {
      const names = (await list(join(directory, owner))).filter((name) => name.endsWith('.open'))
      const entries = await Promise.all(names.map((name) => read(join(directory, owner, name))))
      return entries.filter((entry) => entry !== null)
    },
    async sweep(now, remove) {
      const swept = new Set<string>()
      for (const owner of await list(directory)) {
        const folder = join(directory, owner)
        for (const name of await list(folder)) {
          const isRecord = /^[^.]+\.(open|answered)$/.test(name)
          const entry = isRecord ? await read(join(folder, name)) : null
          const isOver = entry === null ? await isOld(join(folder, name), now) : entry.expiresAt <= now
          if (!isOver) continue
          // What was being written beside a record says nothing of the upload, which may live.
          if (isRecord) {
            const id = name.split('.')[0]!
            if (!(await remove(id))) continue
            swept.add(id)
          }
          await rm(join(folder, name), { force: true })
        }
        // Only when nothing is in it.
        await rmdir(folder).catch(() => {})
      }
      return [...swept]
    },
  }
}

async function read(path: string): Promise<LedgerEntry | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LedgerEntry
  } catch {
    return null
  }
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}

/** What cannot be read: half of a file that a killed process left, unless it is being written now. */
async function isOld(path: string, now: number): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && now - found.mtimeMs > 3_600_000
}

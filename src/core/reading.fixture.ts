// What entries and messages say, read the plainest way: the engine's own ways are what is tested.
import type { MessageFile } from '../dify/messageFile.js'
import type { Entry, FailedEntry, UploadedEntry } from './entry.js'
import type { Tally } from './readiness.js'

/** What a file was offered as, which is how its name begins. */
export function tokenOf({ name }: { name: string }): string {
  return /^n\d+/.exec(name)?.[0] ?? name
}

/** Turned away at the door. */
export function isRefused(entry: Entry): entry is FailedEntry {
  return entry.status === 'failed' && entry.at === 'door'
}

/** How many files an entry stands for beside itself: 0 for all but those that say "so many did not fit". */
export function behindCount(entry: Entry): number {
  if (entry.status !== 'failed' || entry.error.code !== 'too_many_attachments') return 0
  const { count } = entry.error.facts
  return count === 1 ? 0 : count
}

/** Whether an id is one that the server of these tests gave. */
export function isOurs(id: string): boolean {
  return id.startsWith('d')
}

export function idOfFile(file: MessageFile): string {
  return file.transfer_method === 'local_file' ? file.upload_file_id : file.url
}

export function idOfResult({ result }: UploadedEntry): string {
  return result.transfer_method === 'local_file' ? result.file.id : result.url
}

/** The tally, the plain way. */
export function recount(entries: readonly Entry[]): Tally {
  const many = (test: (entry: Entry) => boolean): number => entries.filter(test).length
  return {
    preparing: many((it) => it.status === 'preparing'),
    queued: many((it) => it.status === 'queued' && it.started),
    notStarted: many((it) => it.status === 'queued' && !it.started),
    uploading: many((it) => it.status === 'uploading'),
    waiting: many((it) => it.status === 'waiting'),
    offline: many((it) => it.status === 'waiting' && it.until === 'online'),
    failed: many((it) => it.status === 'failed' && it.at === 'way'),
    refused: many(isRefused),
    uploaded: many((it) => it.status === 'uploaded'),
  }
}

/** Fails with a sentence, so that a shrunk counter-example explains itself. */
export function agree(sentence: string, is: unknown, shouldBe: unknown): void {
  if (JSON.stringify(is) === JSON.stringify(shouldBe)) return
  throw new Error(`Not true: ${sentence}.\n  is:        ${JSON.stringify(is)}\n  should be: ${JSON.stringify(shouldBe)}`)
}

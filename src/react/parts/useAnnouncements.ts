'use client'
import { useEffect, useRef, useState } from 'react'
import type { Entry, FailedEntry } from '../../core/entry.js'
import { movingIn } from '../../core/readiness.js'
import type { Uploader } from '../../core/uploader.js'
import type { Deed } from '../deeds.js'
import { useLatest } from '../engine/useLatest.js'
import { errorSentence } from '../messages/messages.js'
import type { Wording } from '../messages/useWording.js'
import type { FileDropState } from '../useFileDrop.js'
import { laterNow, withLater } from './useLater.js'

/**
 * What to tell a screen reader: milestones, gathered for 750 ms and said in one go, never percents. Entries that are there
 * at the start are no news; deeds are said when they were made by hand.
 */
export function useAnnouncements(drop: FileDropState): { polite: string; assertive: string } {
  const { uploader, deeds, dragging } = drop
  const [said, setSaid] = useState({ polite: '', assertive: '' })
  const latest = useLatest(drop)
  const isDragging = dragging !== null && dragging !== 'reject'
  const say = useRef<(sentence: string) => void>(() => undefined)

  useEffect(() => {
    const me = {}
    const surfaces = speakers.get(uploader) ?? []
    speakers.set(uploader, surfaces)
    surfaces.push(me)
    let before = remember(uploader)
    let gathered: string[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    let clearing: ReturnType<typeof setTimeout> | undefined

    function speak(): void {
      timer = undefined
      const now = remember(uploader)
      const { polite, assertive } = surfaces[0] === me ? news(before, now, uploader, latest.current) : SILENCE
      before = now
      const sentences = [...gathered, ...polite].join(' ')
      gathered = []
      if (sentences === '' && assertive.length === 0) return
      setSaid((last) => ({ polite: anew(last.polite, sentences), assertive: anew(last.assertive, assertive.join(' ')) }))
      clearTimeout(clearing)
      // Emptied again, for whoever comes by later would take it for news.
      clearing = setTimeout(() => setSaid({ polite: '', assertive: '' }), CLEAR_AFTER)
    }
    // The sentence for a failure may be on its way: it is waited for, but not for long.
    const speakInFull = (): void => {
      if (laterNow() !== null || failedSince(before, uploader).length === 0) {
        speak()
        return
      }
      const waiting = (timer = setTimeout(speak, LONGEST_WAIT))
      const goOn = (): void => {
        if (timer !== waiting) return
        clearTimeout(timer)
        speak()
      }
      withLater(goOn, goOn)
    }
    const gather = (): void => {
      timer ??= setTimeout(speakInFull, GATHER)
    }
    say.current = (sentence) => {
      gathered.push(sentence)
      gather()
    }
    const stopDeeds = deeds.listen((deed) => say.current(told(deed, latest.current)))
    const stop = uploader.subscribe(gather)
    return () => {
      surfaces.splice(surfaces.indexOf(me), 1)
      stop()
      stopDeeds()
      clearTimeout(timer)
      timer = undefined
      clearTimeout(clearing)
    }
  }, [uploader, deeds, latest])

  useEffect(() => {
    // Once for each drag, however often the page makes its words anew.
    if (isDragging) say.current(latest.current.messages.announce.drop)
  }, [isDragging, latest])

  return said
}

/** The same words twice in a row are no change, and would not be read: the second time they end in a blank. */
function anew(last: string, words: string): string {
  return words !== '' && words === last ? `${words}\u00a0` : words
}

/** Of several surfaces on one engine the first tells what happens to files. */
const speakers = new WeakMap<Uploader, object[]>()
const SILENCE = { polite: [], assertive: [] }

/** ms */
const GATHER = 750
const CLEAR_AFTER = 6000
const LONGEST_WAIT = 3000
/** Bytes, from which on the way to the end is worth a word halfway. */
const LARGE = 8 * 1024 * 1024
/** Failures told one by one; of more, their number. */
const FAILURES_TOLD = 3

function told(deed: Deed, { messages: { announce }, formats }: Wording): string {
  switch (deed.type) {
    case 'removed': return announce.removed(deed.name)
    case 'moved': return announce.moved(deed.name, deed.place, deed.of, formats)
    case 'renamed': return announce.renamed(deed.name, deed.newName)
    case 'original': return announce.original(deed.name)
  }
}

interface Memory {
  entries: ReadonlyMap<string, Entry>
  isOffline: boolean
  isMoving: boolean
  /** The large upload that is alone on its way and half sent. */
  half: string | null
}

function remember({ entries, tally }: Uploader): Memory {
  const moving = movingIn(tally)
  const alone = moving === 1 && tally.uploading === 1 ? entries.find((entry) => entry.status === 'uploading') : undefined
  return {
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    isOffline: tally.offline > 0,
    isMoving: moving > 0,
    half: alone !== undefined && alone.size !== null && alone.size >= LARGE && alone.sent >= alone.size / 2 && alone.sent < alone.size ? alone.id : null,
  }
}

function news(before: Memory, now: Memory, uploader: Uploader, { messages, formats }: Wording): { polite: string[]; assertive: string[] } {
  const { announce } = messages
  const { entries } = uploader
  const polite: string[] = []
  const added = entries.filter((entry) => !before.entries.has(entry.id) && !(entry.status === 'failed' && entry.at === 'door'))
  const uploaded = entries.filter((entry) => entry.status === 'uploaded' && before.entries.get(entry.id)?.status !== 'uploaded')
  const names = (some: readonly Entry[]): string[] => some.map((entry) => entry.name)

  // A file that was added and attached within one breath is one piece of news.
  const isDone = uploaded.length > 0 && !now.isMoving
  if (added.length > 0 && !(isDone && added.every((entry) => entry.status === 'uploaded'))) polite.push(announce.added(names(added), added.length, formats))
  if (isDone) {
    const all = entries.filter((entry) => entry.status === 'uploaded')
    polite.push(announce.uploaded(names(all), all.length, formats))
  }
  if (now.half !== null && now.half !== before.half) {
    const name = uploader.get(now.half)?.name
    if (name !== undefined) polite.push(announce.half(name))
  }
  if (now.isOffline && !before.isOffline) polite.push(announce.offline)
  if (!now.isOffline && before.isOffline) polite.push(announce.online)

  const failed = failedSince(before, uploader)
  const assertive = failed.slice(0, FAILURES_TOLD).map((entry) => announce.failed(entry.name, errorSentence(messages, entry.error, entry, formats)))
  if (failed.length > FAILURES_TOLD) assertive.push(announce.moreFailed(failed.length - FAILURES_TOLD, formats))
  return { polite, assertive }
}

function failedSince(before: Memory, { entries }: Uploader): FailedEntry[] {
  return entries.filter((entry): entry is FailedEntry => {
    const last = before.entries.get(entry.id)
    if (entry.status !== 'failed' || last?.status !== 'failed') return entry.status === 'failed'
    // It was tried again meanwhile. (What is refused for the count tells another one each time that some of it comes in.)
    return entry.at === 'way' && last.error !== entry.error
  })
}

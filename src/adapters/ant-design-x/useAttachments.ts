'use client'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Entry, FailedEntry } from '../../core/entry.js'
import { acceptAttribute } from '../../core/rules.js'
import type { Uploader } from '../../core/uploader.js'
import type { DifyFile } from '../../dify/difyFile.js'

/** What `useAttachments` may be told. */
export interface UseAttachmentsOptions {
  /** Words for a file that was refused or failed, for people. @default its code */
  describe?: (entry: FailedEntry) => string
}

/** Props of Ant Design X's `Attachments`. */
export interface AttachmentsProps {
  items: AttachmentItem[]
  /** Puts the files of one gesture into the engine, and keeps antd from uploading them. */
  beforeUpload: (file: File, files: File[]) => false
  /** Takes the file away and stops its upload. */
  onRemove: (item: { uid: string }) => true
  multiple: true
  /** For the picker only: what does not fit is refused with its reason, not dropped without a word. */
  accept?: { format: string; filter: 'native' }
}

/** One file, as `Attachments` shows it. `uid` is the id of the engine's entry. */
export interface AttachmentItem {
  uid: string
  name: string
  size?: number
  type?: string
  status: 'uploading' | 'done' | 'error'
  /** 0 to 100. */
  percent?: number
  description?: string
  thumbUrl?: string
  /** What Dify returned. */
  response?: DifyFile
}

/**
 * An engine as the props of Ant Design X's `Attachments`: its list, drop area and cards, our queue, retries and rules.
 *
 * ```tsx
 * const { readiness } = useUploader(uploader)
 * <Attachments {...useAttachments(uploader)} getDropContainer={() => document.body} />
 * <Sender onSubmit={() => void submit()} />  // `submit` of useSend({ uploader, send })
 * ```
 */
export function useAttachments(uploader: Uploader, { describe }: UseAttachmentsOptions = {}): AttachmentsProps {
  const entries = useSyncExternalStore(uploader.subscribe, () => uploader.entries, () => uploader.entries)
  const rules = useSyncExternalStore(uploader.subscribe, () => uploader.rules, () => uploader.rules)
  const thumbnails = useThumbnails(entries)
  return useMemo(() => {
    const format = acceptAttribute(rules)
    return {
      items: entries.map((entry) => itemOf(entry, thumbnails.get(entry.id), describe)),
      beforeUpload: (file, files) => {
        // Called for each file of a gesture: all of them go in with the first.
        if (file === files[0]) uploader.add(files)
        return false
      },
      onRemove: ({ uid }) => {
        uploader.remove(uid)
        return true
      },
      multiple: true,
      ...(format !== undefined && { accept: { format, filter: 'native' } }),
    }
  }, [uploader, entries, rules, thumbnails, describe])
}

function itemOf(entry: Entry, thumbUrl: string | undefined, describe = (failed: FailedEntry): string => failed.error.serverCode): AttachmentItem {
  const { id, name, size, file } = entry
  const common = { uid: id, name, ...(size !== null && { size }), ...(file && { type: file.type }), ...(thumbUrl && { thumbUrl }) }
  if (entry.status === 'failed') return { ...common, status: 'error', description: describe(entry) }
  if (entry.status === 'uploaded') {
    return { ...common, status: 'done', percent: 100, ...(entry.result.transfer_method === 'local_file' && { response: entry.result.file }) }
  }
  // All bytes sent is not done: Dify's id is.
  const percent = entry.status === 'uploading' && entry.size ? Math.min(99, Math.floor((entry.sent / entry.size) * 100)) : 0
  return { ...common, status: 'uploading', percent }
}

/**
 * Object URLs for pictures, by entry. The kit's own previews wait for each other, and one that the browser cannot decode
 * would keep the whole list from showing; so items carry no `originFileObj`.
 */
function useThumbnails(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const [thumbnails, setThumbnails] = useState<ReadonlyMap<string, string>>(new Map())
  const pictures = entries.filter(({ file }) => file !== null && SHOWN.has(file.type))
  const key = pictures.map(({ id }) => id).join(' ')
  useEffect(() => {
    const made = new Map(pictures.map(({ id, file }) => [id, URL.createObjectURL(file!)]))
    setThumbnails(made)
    return () => made.forEach((url) => URL.revokeObjectURL(url))
    // oxlint-disable-next-line react/exhaustive-deps -- the same files as long as the key is the same
  }, [key])
  return thumbnails
}

/** What every browser can show. */
const SHOWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'])

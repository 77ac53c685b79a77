import { useRef, useState, type ClipboardEvent } from 'react'
import { FileDrop, type Uploader } from '../../src/index.js'

/** Characters above which pasted text becomes a file. */
const LONG = 2000

export function LongText({ uploader }: { uploader: Uploader }) {
  const [text, setText] = useState('')
  const pasted = useRef(new Map<string, string>())

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const long = event.clipboardData.getData('text/plain')
    if (long.length <= LONG || event.clipboardData.types.includes('Files')) return
    event.preventDefault()
    const [entry] = uploader.add(new File([long], `pasted-text-${pasted.current.size + 1}.txt`, { type: 'text/plain' }))
    if (entry !== undefined) pasted.current.set(entry.id, long)
  }

  function putBack(id: string) {
    setText(text + (pasted.current.get(id) ?? ''))
    uploader.remove(id)
  }

  return (
    <FileDrop.Root uploader={uploader} layout="composer">
      <FileDrop.List>
        {(id) => (
          <FileDrop.Item id={id}>
            <FileDrop.ItemThumbnail />
            <div data-dfd-part="item-body">
              <FileDrop.ItemName />
              {pasted.current.has(id) && <button type="button" data-dfd-part="item-fix" onClick={() => putBack(id)}>Put back into the message</button>}
              <FileDrop.ItemError />
              <FileDrop.ItemProgress />
            </div>
            <FileDrop.ItemRemove />
          </FileDrop.Item>
        )}
      </FileDrop.List>
      <div data-dfd-part="composer">
        <FileDrop.Trigger>+</FileDrop.Trigger>
        <FileDrop.Hint />
        <textarea aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} onPaste={onPaste} />
      </div>
      <FileDrop.Status />
    </FileDrop.Root>
  )
}

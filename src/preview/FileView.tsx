'use client'
import { useEffect, useState } from 'react'
import { TYPE_ICONS } from '../react/parts/icons.js'
import type { Wording } from '../react/messages/useWording.js'
import { readText, SHOWN } from './readText.js'
import { useLocalUrl } from './useLocalUrl.js'
import { shownAs, type View } from './viewOf.js'

interface FileViewProps extends Wording {
  file: File
  name: string
  view: View
}

/** One file in large, from its local bytes. */
export function FileView(props: FileViewProps) {
  return props.view === 'prose' || props.view === 'code' ? <TextView {...props} /> : <MediaView {...props} />
}

function MediaView({ file, name, view, messages }: FileViewProps) {
  const url = useLocalUrl(file, shownAs(view, name))
  const [isBroken, setBroken] = useState(false)
  const onError = (): void => setBroken(true)
  if (isBroken || (view === 'pdf' && !navigator.pdfViewerEnabled)) return <Nothing sentence={messages.previewer.nothing} />
  if (url === null) return null
  switch (view) {
    // An SVG too: in an `img` no script of it runs and nothing is loaded.
    case 'image': return <img data-dfd-part="preview-view" src={url} alt={name} onError={onError} draggable={false} />
    // oxlint-disable-next-line react/iframe-missing-sandbox -- browsers show no PDF in a sandbox; the type is ours, so it is never a page
    case 'pdf': return <iframe data-dfd-part="preview-view" src={url} title={name} />
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- it is what somebody is about to send, and comes without captions
    case 'audio': return <audio data-dfd-part="preview-view" src={url} aria-label={name} controls onError={onError} />
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- as above
    case 'video': return <video data-dfd-part="preview-view" src={url} aria-label={name} controls playsInline onError={onError} />
    default: return null
  }
}

function TextView({ file, name, view, messages, formats }: FileViewProps) {
  const text = useText(file)
  if (text === 'none') return <Nothing sentence={messages.previewer.nothing} />
  if (text === 'loading') return null
  return (
    // Reached by Tab, for it may have to be scrolled by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section data-dfd-part="preview-view" data-view={view} aria-label={name} tabIndex={0}>
      <pre dir="auto">{text.text}</pre>
      {text.isCut && <p data-dfd-part="preview-cut">{messages.previewer.cut(SHOWN, formats)}</p>}
    </section>
  )
}

function Nothing({ sentence }: { sentence: string }) {
  return <p data-dfd-part="preview-nothing"><TYPE_ICONS.file />{sentence}</p>
}

function useText(file: File): 'loading' | 'none' | { text: string; isCut: boolean } {
  const [text, setText] = useState<'loading' | 'none' | { text: string; isCut: boolean }>('loading')
  useEffect(() => {
    let isWanted = true
    readText(file).then(
      (read) => isWanted && setText(read ?? 'none'),
      () => isWanted && setText('none'),
    )
    return () => {
      isWanted = false
    }
  }, [file])
  return text
}

'use client'
import { useFileDropContext } from '../fileDropContext.js'
import { noteSentence } from '../messages/messages.js'
import { useItemEntry } from './entryContext.js'

/** What is worth knowing about a file and is no error: renamed, made smaller, already in the list. Renders a `span` each. */
export function FileDropItemNotes() {
  const { messages, formats } = useFileDropContext('ItemNotes')
  const { notes } = useItemEntry('ItemNotes')
  return notes.map((note) => {
    const words = noteSentence(messages, note, formats)
    return <span key={note.type + words} data-dfd-part="item-note" data-note={note.type}>{words}</span>
  })
}

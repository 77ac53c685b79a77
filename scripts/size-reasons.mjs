// Why each of our modules is in the first load: for the table of BENCHMARKS.md that `npm run size -- --update` writes. A module
// that nothing here names is under "not told yet" there.

/** [what for, its modules (in src; a name without an ending, `…/*` for a folder), why it is needed before the first file is uploaded] */
export const REASONS = [
  ['sending, trying again, waiting for the network', ['core/delivery', 'core/attempt', 'core/sendQueue', 'core/silence', 'core/explained', 'core/retryPolicy', 'core/pace', 'core/connectionWatch', 'core/uploadError', 'dify/errors', 'dify/answer', 'dify/difyFile'], 'without a network nothing more can be loaded, and what an answer means decides whether the same bytes are sent twice'],
  ['what comes in', ['core/door', 'core/check', 'core/offered', 'core/overflow', 'core/duplicates', 'core/holdForRules', 'dify/kinds', 'dify/fileName', 'dify/mime'], 'names made fit, types put right, count, size and copies looked at before the first byte, and told in the same tick'],
  ['the list and its states', ['core/createEngine', 'core/options', 'core/store', 'core/transition', 'core/entry', 'core/readiness', 'core/listeners', 'core/settled', 'core/taken', 'core/messageFileOf', 'core/inside', 'dify/messageFile'], 'every file from its first moment, and the message it goes with'],
  ['rules of page, operator and app', ['core/rules', 'dify/parameters', 'react/messages/acceptance'], 'what is accepted is told before anybody picks'],
  ['steps', ['core/preparation', 'core/places', 'core/run', 'core/steps', 'react/engine/useSteps'], 'the first file of a page with `validate` or `prepare`; what a step says at once `add()` returns at once, which a piece that comes late could not'],
  ['the wire', ['http/*', 'dify/routes'], 'the request'],
  ['words and numbers', ['react/messages/*'], 'all but the sentences for most failures, which come with the first of them'],
  ['drop, paste, pick', ['react/gestures/*'], 'what a drop or a paste brings can only be taken within its event'],
  ['said and focused', ['react/parts/useAnnouncements', 'react/parts/FileDropStatus', 'react/deeds', 'react/focus', 'react/parts/useFocusKept'], 'the first file that is added is heard of'],
  ['the surface', ['react/useFileDrop', 'react/useHandVerbs', 'react/DifyFileDrop', 'react/fileDropContext', 'react/itemProps', 'react/mergeProps', 'react/parts/part', 'react/parts/FileDropRoot', 'react/parts/FileDropZone', 'react/parts/FileDropTrigger', 'react/parts/FileDropHint', 'react/parts/FileDropOverlay', 'react/parts/useLater'], 'its first paint'],
  ['engine and React', ['react/engine/*', 'react/parametersQuery', 'react/infoQuery'], 'the first paint too, with what the app accepts'],
  ['the list and a row', ['react/parts/FileDropList', 'react/parts/useWindow', 'react/parts/useStrip', 'react/parts/FileDropItem*', 'react/parts/entryContext', 'react/parts/usePace'], 'the first row, from added to uploaded (of its rarer buttons only what says whether they are wanted)'],
  ['pictures and icons', ['react/parts/icons', 'react/parts/FileDropItemThumbnail', 'react/parts/useThumbnail', 'react/previews'], 'the first row has a picture, or the icon of its type'],
  ['the second file', ['react/parts/FileDropItemMove', 'react/parts/useMoving'], 'its handle, which would push the row aside if it came late; the dragging itself comes when there are two'],
  ['more ways', ['react/parts/FileDropMore', 'react/parts/Menu', 'react/parts/useHasFingers', 'react/parts/FileDropLink'], 'the buttons beside the trigger are there from the first paint, on a server too; what they open comes late'],
  ['props that few pages use', ['react/parts/FormFields', 'react/useDraft', 'react/parts/FileDropNotice', 'react/useLeaveGuard'], '`name`, `required`, `draft`, `warnBeforeLeaving`: what asks for the piece that comes late, and the fields of a form, which must not be sent without them'],
]

/** The row of a module, `src/react/parts/icons.tsx`. More exact names win over folders. */
export function reasonOf(module) {
  const name = module.replace(/^src\//, '').replace(/\.tsx?$/, '')
  const fits = (pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern)
  const found = REASONS.flatMap((row) => row[1].filter(fits).map((pattern) => ({ row, pattern })))
  return found.toSorted((a, b) => b.pattern.length - a.pattern.length)[0]?.row ?? ['not told yet', [], '']
}

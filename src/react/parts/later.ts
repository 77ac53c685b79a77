/** Loaded in one piece, see {@link useLater}. */
export { fixEntry } from '../fixEntry.js'
export { addFolders } from '../gestures/addFolders.js'
export { draftSentences } from '../messages/draftSentences.js'
export { choiceOf } from './choiceOf.js'
export { FixButtons } from './FixButtons.js'
export { LinkForm } from './LinkForm.js'
export { moveByPointer } from './moveByPointer.js'
export { OpenedMenu } from './OpenedMenu.js'

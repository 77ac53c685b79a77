/** Loaded in one piece, see {@link useLater}. */
export { fixEntry } from '../fixEntry.js'
export { FixButtons } from './FixButtons.js'
export { LinkForm } from './LinkForm.js'
export { moveByPointer } from './moveByPointer.js'
export { OpenedMenu } from './OpenedMenu.js'

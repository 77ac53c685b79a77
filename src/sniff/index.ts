/**
 * `dify-file-drop/sniff`: looks at what a file is rather than what its name says. Needs the optional peer `file-type`,
 * which is loaded when the first file comes.
 */
export { sniff, type SniffOptions } from './sniff.js'
/** The one-press fix for a file whose name lies. */
export { fixedName, fixName } from '../core/fixes.js'

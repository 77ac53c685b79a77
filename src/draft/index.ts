export { keepDraft, type DraftNotice, type DraftOptions, type DraftRestored, type KeptDraft } from './keepDraft.js'
export { clearDrafts } from './clearDrafts.js'

import type { DifyFile } from '../dify/difyFile.js'
import type { UploaderChange, UploaderOptions } from './uploader.js'

/** What an engine needs at least, and what may be said at the start. */
export type EngineOptions = UploaderChange &
  Pick<UploaderOptions, 'send'> & {
    /** Files that Dify holds already: the ones of a message that is being edited. */
    initial?: readonly DifyFile[] | undefined
  }

/** All options, from what was given at the start. */
export function withDefaults(given: EngineOptions): UploaderOptions {
  return { ...DEFAULTS, ...defined(given), send: given.send }
}

/** All options after a change. A `variable` may be taken back; of the others `undefined` changes nothing. */
export function changed(options: UploaderOptions, update: UploaderChange): UploaderOptions {
  return { ...options, ...defined(update), ...('variable' in update && { variable: update.variable }) }
}

/** The app's parameters, or null while they are not known. */
export function parametersOf({ parameters }: UploaderOptions): Exclude<UploaderOptions['parameters'], 'loading'> {
  return parameters === 'loading' ? null : parameters
}

/** What an option is while nobody says otherwise. */
export const DEFAULTS: Omit<UploaderOptions, 'send'> = {
  rules: {}, parameters: null, variable: undefined, steps: [], concurrency: 3, autoUpload: true, strict: false,
  stallTimeout: 45_000, answerTimeout: 180_000,
}

/** Options only, and without those whose value is undefined: `{ concurrency: undefined }` means the default, not "none". */
function defined(given: UploaderChange): Partial<UploaderOptions> {
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== undefined && (name in DEFAULTS || name === 'send')))
}

import type { AppParameters } from '../src/index.js'
import { defaultParameters, type EmulatedAppOptions } from '../src/testing/index.js'

/** Apps of the Dify in memory beside the demo's own, by the name that `?app=` gives them: each is set up in another way. */
export const APPS: Readonly<Record<string, Omit<EmulatedAppOptions, 'key'>>> = {
  'documents-only': { parameters: like({ allowed_file_types: ['document'], number_limits: 2 }) },
  /** Uploads and messages succeed, and the files are ignored: contract §4.2. */
  'images-legacy': { parameters: { ...like({}), file_upload: { image: { enabled: true, number_limits: 3, transfer_methods: ['local_file'] } } } },
  /** No limit is set, so Dify takes any number of files and three images: contract §4.3.6. */
  'images-counted': { parameters: like({ number_limits: null, allowed_file_types: ['image', 'document'] }) },
  /** Its operator raised the limit for videos to a terabyte. */
  'any-size': { parameters: { ...like({}), system_parameters: { ...defaultParameters().system_parameters, video_file_size_limit: 1024 ** 2 } } },
  'local-only': { parameters: like({ allowed_file_upload_methods: ['local_file'] }) },
  workflow: {
    info: { mode: 'workflow' },
    parameters: {
      ...like({ enabled: false }),
      user_input_form: [{ file: { type: 'file', label: 'Contract', variable: 'contract', required: true, allowed_file_types: ['document'], allowed_file_extensions: [], allowed_file_upload_methods: ['local_file', 'remote_url'] } }],
    },
  },
}

function like(upload: object): AppParameters {
  const parameters = defaultParameters()
  return { ...parameters, file_upload: { ...parameters.file_upload, allowed_file_extensions: [], ...upload } }
}

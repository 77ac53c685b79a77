import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { DifyFileDrop, type AppParameters, type HostRules, type Uploader } from '../src/index.js'
import { defaultParameters } from '../src/testing/index.js'
import { emulated, fileOf } from './support/emulated.js'

/** What is accepted is said before anything is picked: the strictest of app, operator and page, and who set it. */
const meta = {
  component: DifyFileDrop,
  title: 'Rules',
  parameters: { layout: 'padded' },
  decorators: [(Story) => <div style={{ maxInlineSize: 560 }}><Story /></div>],
} satisfies Meta<typeof DifyFileDrop>

export default meta
type Story = StoryObj<typeof meta>

/** An app with `upload` on top of what Dify usually says, and a sentence to expect. */
function saying(sentence: string | RegExp, upload: object, more: { rules?: HostRules; app?: object; files?: File[]; codes?: string[]; accept?: RegExp | null } = {}): Story {
  const parameters = defaultParameters()
  const app = { ...parameters, file_upload: { ...parameters.file_upload, allowed_file_extensions: [], ...upload }, ...more.app } as AppParameters
  return {
    loaders: [async () => {
      const { uploader } = emulated({ app, ...(more.rules && { rules: more.rules }) })
      uploader.add(more.files ?? [])
      return { uploader }
    }],
    render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
    play: async ({ canvasElement }) => {
      await expect(within(canvasElement).getByRole('button', { name: /attach files/i })).toHaveAccessibleDescription(sentence)
      const accept = canvasElement.querySelector('input[type=file]')!.getAttribute('accept')
      if (more.accept === null) await expect(accept).toBeNull()
      else if (more.accept !== undefined) await expect(accept).toMatch(more.accept)
      const codes = [...canvasElement.querySelectorAll('[data-error-code]')].map((it) => it.getAttribute('data-error-code'))
      await expect(codes).toEqual(more.codes ?? [])
    },
  }
}

/** Any kind: no `accept` for the picker, as phones grey out what they do not know. */
export const AnyKind = saying('Images up to 10 MB, documents and other files up to 15 MB, audio up to 50 MB, videos up to 100 MB, 10 files at most.', { allowed_file_types: [] }, { accept: null })

export const DocumentsOnly = saying('Documents up to 15 MB, 2 files at most.', { allowed_file_types: ['document'], number_limits: 2 }, {
  accept: /^\.txt,.*\.pdf/, files: [fileOf('chart.png'), fileOf('report.pdf')], codes: ['kind_not_allowed'],
})

/** `custom` is its extensions, with or without dots, in any case; beside other kinds too. */
export const CustomExtensions = saying('Images up to 10 MB, plus .json and .zip, 10 files at most.', { allowed_file_types: ['image', 'custom'], allowed_file_extensions: ['JSON', '.zip'] }, {
  accept: null, files: [fileOf('data.json'), fileOf('notes.md')], codes: ['kind_not_allowed'],
})

/** The page narrows what the app takes. */
export const ThePageIsStricter = saying('Images up to 2 MB, 1 file at most.', {}, {
  rules: { kinds: ['image'], maxFiles: 1, maxBytes: { image: 2 * 1024 * 1024 } }, accept: /^image\/\*/, files: [fileOf('huge.png', 3 * 1024 * 1024)], codes: ['file_too_large'],
})

/** And so does whoever runs the proxy. */
export const TheServerIsStricter = saying(/documents up to 4\.5 MB/i, { allowed_file_types: ['document'] }, {
  app: { dify_file_drop: { max_bytes: { document: 4.5 * 1024 * 1024 } } }, files: [fileOf('book.pdf', 5 * 1024 * 1024)], codes: ['file_too_large'],
})

/** Dify's count of images on their own: three where nothing is set. */
export const ThreeImages = saying(/Images up to 10 MB, documents up to 15 MB/, { allowed_file_types: ['image', 'document'], number_limits: null }, {
  files: ['1.png', '2.png', '3.png', '4.png', '5.png', 'notes.md'].map((it) => fileOf(it)), codes: ['too_many_attachments'],
})

export const Disabled = saying('This app takes no files.', { enabled: false })

export const LinksOnly = saying('This app takes links only, no files from a device.', { allowed_file_upload_methods: ['remote_url'] })

/** Dify takes these pictures, and ignores them in most apps: it is said here, and to the developer in the console. */
export const LegacyImageSwitch: Story = {
  ...saying(/^Images up to 10 MB, 3 files at most\. .*Dify ignores/, {}, { app: { file_upload: { image: { enabled: true, number_limits: 3, transfer_methods: ['local_file'] } } } }),
}

/** Rules that come late: what is queued is checked again. */
export const LateRules: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ parameters: 'loading' })
    uploader.add([fileOf('chart.png'), fileOf('report.pdf')])
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement, loaded }) => {
    ;(loaded['uploader'] as Uploader).configure({ parameters: { file_upload: { enabled: true, allowed_file_types: ['document'] }, system_parameters: { file_size_limit: 15 } } })
    await waitFor(() => expect([...canvasElement.querySelectorAll('[data-dfd-part="item"]')].map((it) => it.getAttribute('data-state'))).toEqual(['failed', 'uploaded']))
    await expect(within(canvasElement).getByRole('button', { name: /attach files/i })).toHaveAccessibleDescription('Documents up to 15 MB.')
  },
}

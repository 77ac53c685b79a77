import type { Meta, StoryObj } from '@storybook/react-vite'
import { useMemo } from 'react'
import { expect, fireEvent, userEvent, waitFor, within } from 'storybook/test'
import { createUploader, type AppParameters, type MessageFile } from '../src/index.js'
import { createDifyEmulator, createEmulatorSend, defaultParameters } from '../src/testing/index.js'
import { ContractForm } from './recipes/ContractForm.js'
import { LongText } from './recipes/LongText.js'
import { RecentFiles } from './recipes/RecentFiles.js'
import { emulated, fileOf } from './support/emulated.js'

/** Small things to build over the engine's verbs. Their code is in docs/recipes.md. */
const meta = {
  title: 'Recipes',
  parameters: { layout: 'padded' },
  decorators: [(Story) => <div style={{ maxInlineSize: 560 }}><Story /></div>],
} satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** A long paste becomes a text file, which can be put back into the message. Short ones, and Office's, stay text. */
export const LongPastedText: Story = {
  loaders: [async () => emulated()],
  render: (_, { loaded }) => <LongText uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const message = canvas.getByRole('textbox', { name: 'Message' })
    const paste = (text: string, files: File[] = []): boolean => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      for (const file of files) clipboardData.items.add(file)
      return !message.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }
    await expect(paste('short')).toBe(false)
    await expect(paste('cells '.repeat(500), [fileOf('image.png', 10, 'image/png')])).toBe(false)
    await expect(paste('a long story, '.repeat(200))).toBe(true)
    await canvas.findByText(/pasted-text-1/)
    await userEvent.click(await canvas.findByRole('button', { name: 'Put back into the message' }))
    await expect(message).toHaveValue('a long story, '.repeat(200))
    await waitFor(() => expect(canvas.queryByRole('list', { name: 'Attachments' })).not.toBeInTheDocument())
    // The next one is long already: the box is emptied, so that the story looks the same each time.
    await fireEvent.change(message, { target: { value: '' } })
  },
}

/** What was uploaded once is attached again without sending a byte: `add(difyFile)`. */
export const Recent: Story = {
  loaders: [async () => emulated()],
  render: (_, { loaded }) => <RecentFiles uploader={loaded['uploader']} />,
  play: async ({ canvasElement, loaded }) => {
    const canvas = within(canvasElement)
    await userEvent.upload(canvasElement.querySelector<HTMLInputElement>('input[type=file]')!, fileOf('minutes.pdf'))
    const again = await canvas.findByRole('button', { name: 'Attach minutes.pdf again' })
    const [sent] = loaded['uploader'].take() as MessageFile[]
    await waitFor(() => expect(canvas.queryByRole('list', { name: 'Attachments' })).not.toBeInTheDocument())
    await userEvent.click(again)
    await canvas.findByRole('list', { name: 'Attachments' })
    await expect(loaded['dify'].files.size).toBe(1)
    await expect(loaded['uploader'].take()).toEqual([sent])
    loaded['uploader'].add(fileOf('minutes.pdf'))
  },
}

const CONTRACT: AppParameters = {
  ...defaultParameters(),
  file_upload: { enabled: false },
  user_input_form: [{ file: { type: 'file', label: 'Contract', variable: 'contract', required: true, allowed_file_types: ['document'], allowed_file_extensions: [], allowed_file_upload_methods: ['local_file'] } }],
}

function Workflow() {
  const { uploader, run } = useMemo(() => {
    const dify = createDifyEmulator({ apiKey: 'app-workflow', parameters: CONTRACT, info: { mode: 'workflow' } })
    return {
      uploader: createUploader({ send: createEmulatorSend(dify), parameters: CONTRACT, variable: 'contract', strict: true }),
      run: async (inputs: object): Promise<string> => {
        const response = await dify.fetch(new Request(`${dify.baseUrl}/workflows/run`, {
          method: 'POST',
          headers: { authorization: 'Bearer app-workflow', 'content-type': 'application/json' },
          body: JSON.stringify({ user: 'emulator-user', inputs, response_mode: 'blocking' }),
        }))
        if (!response.ok) throw new Error(await response.text())
        return ((await response.json()) as { data: { outputs: { text: string } } }).data.outputs.text
      },
    }
  }, [])
  return <ContractForm uploader={uploader} parameters={CONTRACT} run={run} />
}

/** One `file` variable of a workflow: its own rules, and one object instead of an array. */
export const InputVariable: Story = {
  render: () => <Workflow />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await waitFor(() => expect(canvas.getByRole('button', { name: /attach files/i })).toHaveAccessibleDescription('Documents up to 15 MB, 1 file at most.'))
    await userEvent.upload(canvasElement.querySelector<HTMLInputElement>('input[type=file]')!, fileOf('contract.pdf'))
    await canvas.findByRole('list', { name: 'Attachments' })
    await userEvent.click(canvas.getByRole('button', { name: 'Run' }))
    await expect(await canvas.findByText(/contract: contract\.pdf \(document/)).toBeInTheDocument()
  },
}

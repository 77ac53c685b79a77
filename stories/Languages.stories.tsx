import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { DifyFileDrop } from '../src/index.js'
import { LOCALES } from './support/locales.js'
import { everyState, states } from './support/stills.js'

/**
 * `import { de } from 'dify-file-drop/locales/de'`, then `messages={de}`. The toolbar shows any story in any of them; a key
 * that is missing does not compile.
 */
const meta = {
  component: DifyFileDrop,
  title: 'Languages',
} satisfies Meta<typeof DifyFileDrop>

export default meta
type Story = StoryObj<typeof meta>

const isRightToLeft = (language: string): boolean => /^(ar|he|fa|ur)\b/.test(language)

/** All of them, each in its direction, on one engine. */
export const All: Story = {
  loaders: [async () => ({ uploader: await everyState() })],
  render: (args, { loaded }) => (
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(26rem, 100%), 1fr))', gap: 32 }}>
      {LOCALES.map((messages) => (
        <section key={messages.language} lang={messages.language} dir={isRightToLeft(messages.language) ? 'rtl' : 'ltr'}>
          <h2 style={{ font: 'inherit', fontWeight: 600 }}>{new Intl.DisplayNames([messages.language], { type: 'language' }).of(messages.language)}</h2>
          <DifyFileDrop {...args} uploader={loaded['uploader']} messages={messages} />
        </section>
      ))}
    </div>
  ),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement).filter((it) => it === 'waiting').length).toBe(LOCALES.length))
  },
}

/** One sentence said otherwise; everything else stays. */
export const OneSentence: Story = {
  args: { messages: { trigger: 'Attach files to this ticket' } },
  loaders: [async () => ({ uploader: await everyState() })],
  render: (args, { loaded }) => <div style={{ maxInlineSize: 560 }}><DifyFileDrop {...args} uploader={loaded['uploader']} /></div>,
}

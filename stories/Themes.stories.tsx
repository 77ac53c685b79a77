import type { Meta, StoryObj } from '@storybook/react-vite'
import type { CSSProperties, ReactNode } from 'react'
import { expect, waitFor } from 'storybook/test'
import { DifyFileDrop, type Uploader } from '../src/index.js'
import { Chat } from './support/Chat.js'
import { everyState, midUpload, states } from './support/stills.js'

/** Colours, spaces, radii and motion are custom properties; set them on any ancestor. See the page “Theming”. */
const meta = {
  component: DifyFileDrop,
  title: 'Themes',
  loaders: [async () => ({ zone: await midUpload(), composer: await midUpload() })],
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement).filter((it) => it === 'uploading')).toHaveLength(4))
  },
} satisfies Meta<typeof DifyFileDrop>

export default meta
type Story = StoryObj<typeof meta>

const look = (style: CSSProperties, attributes: object = {}, css?: string): Story => ({
  render: (_, { loaded }) => <Page style={style} attributes={attributes} css={css} zone={loaded['zone']} composer={loaded['composer']} />,
})

function Page({ style, attributes, css, zone, composer }: { style: CSSProperties; attributes: object; css: string | undefined; zone: Uploader; composer: Uploader }): ReactNode {
  return (
    <div {...attributes} style={{ margin: -24, padding: 24, display: 'grid', gap: 24, background: 'Canvas', color: 'CanvasText', ...style }}>
      {css !== undefined && <style>{css}</style>}
      <div style={{ inlineSize: '100%', maxInlineSize: 640 }}><DifyFileDrop uploader={zone} /></div>
      <div style={{ inlineSize: '100%', maxInlineSize: 640 }}><Chat uploader={composer} /></div>
    </div>
  )
}

/** As it comes, on a light page. */
export const Light: Story = look({ colorScheme: 'light' }, { 'data-dfd-theme': 'light' })
/** As it comes, on a dark page. */
export const Dark: Story = look({ colorScheme: 'dark' }, { 'data-dfd-theme': 'dark' })
/** From right to left: mirrored by the page’s direction alone. */
export const RightToLeft: Story = look({ colorScheme: 'light' }, { 'data-dfd-theme': 'light', dir: 'rtl' })
/** A brand’s accent and squarer corners: three properties. */
export const Brand: Story = look({ colorScheme: 'light', '--dfd-accent': '#0b6b4f', '--dfd-radius': '0.375rem', '--dfd-radius-large': '0.5rem', '--dfd-radius-small': '0.25rem' } as CSSProperties, { 'data-dfd-theme': 'light' })
/** Tighter, for a side panel. */
export const Compact: Story = look({ colorScheme: 'light', '--dfd-space': '0.1875rem' } as CSSProperties, { 'data-dfd-theme': 'light' })
/** shadcn/ui and Tailwind: their variables mapped to ours, once. */
export const Shadcn: Story = look({ colorScheme: 'dark', background: 'var(--background)', color: 'var(--foreground)' }, { className: 'shadcn', 'data-dfd-theme': 'dark' }, `
  .shadcn { --background: oklch(0.145 0 0); --foreground: oklch(0.985 0 0); --muted: oklch(0.205 0 0); --muted-foreground: oklch(0.72 0 0); --border: oklch(0.3 0 0); --primary: oklch(0.922 0 0); --primary-foreground: oklch(0.205 0 0); --radius: 0.625rem;
    --dfd-surface: var(--background); --dfd-surface-sunken: var(--muted); --dfd-text: var(--foreground); --dfd-text-muted: var(--muted-foreground); --dfd-border: var(--border); --dfd-accent: var(--primary); --dfd-on-accent: var(--primary-foreground); --dfd-radius: var(--radius); }`)

/** Every state in a zone. */
export const EveryState: Story = {
  loaders: [async () => ({ uploader: await everyState() })],
  render: (args, { loaded }) => <div style={{ maxInlineSize: 560 }}><DifyFileDrop {...args} uploader={loaded['uploader']} /></div>,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(new Set(states(canvasElement))).toEqual(new Set(['uploaded', 'uploading', 'finishing', 'waiting', 'failed'])))
  },
}

/** The same at 320 px. */
export const EveryStateNarrow: Story = {
  ...EveryState,
  render: (args, { loaded }) => <div style={{ inlineSize: 272 }}><DifyFileDrop {...args} uploader={loaded['uploader']} /></div>,
}

/** With the spacing of text that WCAG 1.4.12 asks for. */
export const TextSpacing: Story = {
  ...EveryState,
  render: (args, { loaded }) => <div style={{ maxInlineSize: 420, letterSpacing: '0.12em', wordSpacing: '0.16em', lineHeight: 1.5 }}><DifyFileDrop {...args} uploader={loaded['uploader']} /></div>,
}

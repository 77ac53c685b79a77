import type { Preview } from '@storybook/react-vite'
import type { CSSProperties } from 'react'
import { configure } from 'storybook/test'
import { LOCALES } from '../stories/support/locales.js'
import { tidyTables, wholeTypes } from './tables.js'
import '../src/styles.css'
import '../src/preview.css'

/** The page around a story: the system's own colours of the chosen scheme, so that a part shows on what a host would put it. */
const page: CSSProperties = { padding: 24, background: 'Canvas', color: 'CanvasText', fontFamily: 'var(--story-font, system-ui, sans-serif)' }

tidyTables()
// Play functions wait for what should come, and on a busy machine that takes longer than the second they have by default.
configure({ asyncUtilTimeout: 15_000 })

export default {
  tags: ['autodocs'],
  argTypesEnhancers: [wholeTypes],
  parameters: {
    layout: 'fullscreen',
    // A violation fails the story's test.
    a11y: { test: 'error' },
    controls: { expanded: true },
    options: { storySort: { order: ['Start', 'Theming', 'Headless use', 'Accessibility', 'How to', 'Recipes', 'DifyFileDrop', 'Composer', 'Parts', 'Preview', 'Themes', 'Languages', 'Trouble', 'Headless'] } },
  },
  globalTypes: {
    theme: {
      description: 'Colours',
      toolbar: {
        icon: 'mirror',
        dynamicTitle: true,
        items: [
          { value: 'system', title: 'As the system' },
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
      },
    },
    language: {
      description: 'Language',
      toolbar: {
        icon: 'globe',
        dynamicTitle: true,
        items: LOCALES.map(({ language }) => ({ value: language, title: new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language })),
      },
    },
    direction: {
      description: 'Direction of writing',
      toolbar: {
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
  },
  initialGlobals: { theme: 'system', direction: 'ltr', language: 'en' },
  decorators: [
    (Story, { globals, args }) => {
      const theme: unknown = globals['theme']
      const chosen = theme === 'light' || theme === 'dark' ? theme : undefined
      const messages = LOCALES.find((it) => it.language === globals['language'] && it.language !== 'en')
      return (
        <div data-story="" data-dfd-theme={chosen} dir={globals['direction'] === 'rtl' ? 'rtl' : 'ltr'} style={{ ...page, colorScheme: chosen ?? 'light dark' }}>
          <Story args={messages === undefined ? args : { ...args, messages }} />
        </div>
      )
    },
  ],
} satisfies Preview

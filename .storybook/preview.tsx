import type { Preview } from '@storybook/react-vite'
import type { CSSProperties } from 'react'
import '../src/styles.css'

/** The page around a story: the system's own colours of the chosen scheme, so that a part shows on what a host would put it. */
const page: CSSProperties = { padding: 24, background: 'Canvas', color: 'CanvasText', fontFamily: 'system-ui, sans-serif' }

export default {
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    // A violation fails the story's test.
    a11y: { test: 'error' },
    controls: { expanded: true },
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
  initialGlobals: { theme: 'system', direction: 'ltr' },
  decorators: [
    (Story, { globals }) => {
      const theme: unknown = globals['theme']
      const chosen = theme === 'light' || theme === 'dark' ? theme : undefined
      return (
        <div data-dfd-theme={chosen} dir={globals['direction'] === 'rtl' ? 'rtl' : 'ltr'} style={{ ...page, colorScheme: chosen ?? 'light dark' }}>
          <Story />
        </div>
      )
    },
  ],
} satisfies Preview

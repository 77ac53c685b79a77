import { existsSync } from 'node:fs'
import type { StorybookConfig } from '@storybook/react-vite'

// Stories of the chat kits, where these are installed (npm run test:adapters does): a hundred packages that no other story needs.
const kits = existsSync(new URL('../examples/kits/node_modules/@assistant-ui/react', import.meta.url)) ? ['../examples/kits/*.stories.tsx'] : []

export default {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx', '../src/**/*.stories.tsx', ...kits],
  addons: ['@storybook/addon-vitest', '@storybook/addon-a11y', '@storybook/addon-docs'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // The kits have a React of their own beside them; a page has one.
  viteFinal: (config) => ({ ...config, resolve: { ...config.resolve, dedupe: [...(config.resolve?.dedupe ?? []), 'react', 'react-dom'] } }),
  // The other one, react-docgen-typescript, needs a compiler API that TypeScript 7 does not have.
  typescript: { reactDocgen: 'react-docgen' },
} satisfies StorybookConfig

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { StorybookConfig } from '@storybook/react-vite'
import { mergeConfig } from 'vite'

// Stories of the chat kits, where these are installed (npm run test:adapters does): a hundred packages that no other story needs.
const assistantUi = new URL('../examples/kits/node_modules/@assistant-ui/react', import.meta.url)
const hasKits = existsSync(assistantUi)

export default {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx', '../src/**/*.stories.tsx', ...(hasKits ? ['../examples/kits/*.stories.tsx'] : [])],
  addons: ['@storybook/addon-vitest', '@storybook/addon-a11y', '@storybook/addon-docs'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (config) => mergeConfig(config, {
    resolve: {
      // The kits have a React of their own beside them; a page has one.
      dedupe: ['react', 'react-dom'],
      ...(hasKits && { alias: { '@assistant-ui/react': fileURLToPath(assistantUi) } }),
    },
    // Found by its story it would come too late, and the page would be loaded anew in the middle of a test.
    ...(hasKits && { optimizeDeps: { include: ['@assistant-ui/react'] } }),
  }),
  // The other one, react-docgen-typescript, needs a compiler API that TypeScript 7 does not have.
  typescript: { reactDocgen: 'react-docgen' },
} satisfies StorybookConfig

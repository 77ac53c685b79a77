import { readdirSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import pkg from './package.json' with { type: 'json' }

const external = [...Object.keys(pkg.dependencies), ...Object.keys(pkg.peerDependencies)]

/** One entry for each language: `locales/de` from `src/locales/de.ts`. */
const locales = readdirSync(new URL('./src/locales', import.meta.url)).filter((name) => /^[a-z]{2}(-\w+)?\.ts$/.test(name)).map((name) => name.slice(0, -3))

// The library. One file per source module, so that "use client" stays where it stands and hosts shake what they do not use.
export default defineConfig({
  plugins: [react()],
  publicDir: false,
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    cssCodeSplit: true,
    lib: {
      entry: {
        index: 'src/index.ts',
        'server/index': 'src/server/index.ts',
        'server/limit/index': 'src/server/limit/index.ts',
        'server/resumable/index': 'src/server/resumable/index.ts',
        'cli/index': 'src/cli/index.ts',
        'testing/index': 'src/testing/index.ts',
        'draft/index': 'src/draft/index.ts',
        'resumable/index': 'src/resumable/index.ts',
        'sniff/index': 'src/sniff/index.ts',
        'prepare/index': 'src/prepare/index.ts',
        'preview/index': 'src/preview/index.ts',
        ...Object.fromEntries(locales.map((tag) => [`locales/${tag}`, `src/locales/${tag}.ts`])),
        'adapters/assistant-ui/index': 'src/adapters/assistant-ui/index.ts',
        'adapters/ai-sdk/index': 'src/adapters/ai-sdk/index.ts',
        'adapters/ant-design-x/index': 'src/adapters/ant-design-x/index.ts',
        styles: 'src/styles.css',
        preview: 'src/preview.css',
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: (id) => id.startsWith('node:') || external.some((name) => id === name || id.startsWith(`${name}/`)),
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
})

import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The demo's page. Its server is built by the same command with `--ssr`. */
export default defineConfig(({ isSsrBuild }) => ({
  root: at('.'),
  plugins: [react()],
  publicDir: false,
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // In kB: what decodes HEIC is 3 MB and comes with the first such photo. What comes with the page is held by firstLoad.test.ts.
    chunkSizeWarningLimit: 3200,
    outDir: at(isSsrBuild ? '../.cache/demo/server' : '../.cache/demo/client'),
    ...(isSsrBuild && { rolldownOptions: { input: at('server.ts') } }),
  },
}))

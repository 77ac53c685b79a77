import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The page; with `--ssr` the two processes that are killed. */
export default defineConfig(({ isSsrBuild }) => ({
  root: isSsrBuild ? at('.') : at('page'),
  plugins: [react()],
  publicDir: false,
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // In kB: a page for tests alone, loaded from this machine, has the engine with all that it can do in one piece.
    chunkSizeWarningLimit: 1000,
    outDir: at(isSsrBuild ? '../.cache/chaos/processes' : '../.cache/chaos/page'),
    ...(isSsrBuild && { rolldownOptions: { input: [at('emulatorProcess.ts'), at('proxyProcess.ts')] } }),
  },
}))

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // For `npx vite` beside `node server.js`.
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
})

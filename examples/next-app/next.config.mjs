import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
export default {
  // This folder stands inside another project; yours does not, and needs no such line.
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
}

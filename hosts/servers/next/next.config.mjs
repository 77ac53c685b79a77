import { fileURLToPath } from 'node:url'

const hosts = fileURLToPath(new URL('../..', import.meta.url))

/** @type {import('next').NextConfig} */
export default { turbopack: { root: hosts }, outputFileTracingRoot: hosts, poweredByHeader: false }

import type { Plugin } from 'vite'

export function resumableServer(): Plugin

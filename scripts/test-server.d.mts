import type { Plugin } from 'vite'

export function testServer(): Plugin

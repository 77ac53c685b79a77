import type { DifyEmulator } from './difyEmulator.js'

/**
 * A `fetch` that reaches only the emulator, whatever the address, for code that takes one (a proxy under test, say).
 * A relative address counts from the emulator's own.
 */
export function createEmulatorFetch(emulator: DifyEmulator): typeof fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input : new URL(String(input), `${emulator.baseUrl}/`)
    return emulator.fetch(new Request(address, init))
  }
}

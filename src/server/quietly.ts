import { describe } from './upstreamLink.js'

/**
 * Calls what the host or an end left to do, on nobody's behalf: should it fail, at once or (an async function passes
 * for one that returns nothing) later, that is told, and neither keeps what comes next from running nor ends the process.
 */
export async function quietly(work: () => unknown): Promise<void> {
  try {
    await work()
  } catch (error) {
    console.error(`dify-file-drop: ${describe(error)}`)
  }
}

import type { EmulatedApp } from './emulatedApp.js'
import type { EmulatedMessage } from './emulatedMessage.js'
import { EndUsers } from './endUsers.js'
import type { SignedUrls } from './signedUrl.js'
import type { StoredFile } from './storedFile.js'

/** Everything that the routes share: what was set up, and what came in since. */
export interface EmulatorState {
  readonly apps: readonly EmulatedApp[]
  readonly version: string
  readonly variant: 'real' | 'seed'
  readonly tenantId: string
  /** Lower case, without dots. */
  readonly extensionBlacklist: ReadonlySet<string>
  readonly keepBytes: boolean
  /** ms between two words of a streamed answer. */
  readonly tokenDelay: number
  readonly links: SignedUrls
  readonly remoteFile: (url: string) => RemoteFile | null
  /** Unix ms. */
  readonly clock: () => number
  readonly uuid: () => string

  readonly files: Map<string, StoredFile>
  readonly messages: EmulatedMessage[]
  /** Answers being streamed, by task id. */
  readonly tasks: Map<string, { user: string; isStopped: boolean }>
  endUsers: EndUsers
}

/** What Dify learns of a link when it asks the link's server. */
export interface RemoteFile {
  name: string
  mime_type: string
  /** Bytes, or -1 when the server does not say. */
  size: number
}

/** Forgets what came in. */
export function forgetAll(state: EmulatorState): void {
  state.files.clear()
  state.messages.length = 0
  state.tasks.clear()
  state.endUsers = new EndUsers(state.uuid, state.clock)
}

/**
 * `dify-file-drop/testing`: a Dify in memory, for tests, stories and demos. It needs no account, no network and no
 * Node, and it can be told to misbehave.
 */
export { createDifyEmulator, type DifyEmulator, type DifyEmulatorOptions } from './difyEmulator.js'
/** The engine's `Send` straight into an emulator, for stories and tests without a proxy. */
export { createEmulatorSend, EmulatorFault, type EmulatorSendOptions, type EmulatorSendRequest } from './emulatorSend.js'
/** A `fetch` whose only server is the emulator, for a proxy under test. */
export { createEmulatorFetch } from './emulatorFetch.js'
/** Trouble to script, and what a test holds of it. */
export { ConnectionCut, type ScriptedTrouble, type Target, type Trouble, type TroubleHandle } from './trouble.js'
/** What the emulator lets tests look at. */
export type { EmulatedMessage, MessageRoute, ReceivedFile } from './emulatedMessage.js'
export type { StoredFile } from './storedFile.js'
export type { LoggedRequest } from './requestLog.js'
/** What an emulated app is. */
export type { AppCondition, AppInfo, AppMode, EmulatedApp, EmulatedAppOptions } from './emulatedApp.js'
export { defaultParameters } from './defaultParameters.js'
export type { RemoteFile } from './emulatorState.js'
export type { RouteName } from './emulatorRoutes.js'
export type { IncomingRequest } from './exchange.js'
export type { BodySource } from './incomingBody.js'

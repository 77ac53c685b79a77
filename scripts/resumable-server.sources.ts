export { anonymousUser, createDifyProxy, toNodeListener } from '../src/server/index.js'
export { resumable } from '../src/server/resumable/index.js'
export { createDifyEmulator } from '../src/testing/index.js'

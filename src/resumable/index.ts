export { createResumableSend, type ResumableSendOptions } from './createResumableSend.js'

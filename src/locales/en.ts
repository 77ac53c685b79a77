export { en } from '../react/messages/en.js'

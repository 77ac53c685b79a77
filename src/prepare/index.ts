/**
 * `dify-file-drop/prepare`: pictures made fit for a model before they leave. HEIC needs the optional peer `heic-to`
 * where the browser cannot read it itself; it is loaded when the first one comes.
 */
export { prepareImages, type PrepareImagesOptions } from './prepareImages.js'

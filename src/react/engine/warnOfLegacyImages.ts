/** Tells the developer, once, of an app whose attachments Dify takes and then ignores: nobody else would ever find out. */
export function warnOfLegacyImages(): void {
  if (isTold) return
  isTold = true
  console.warn(
    'dify-file-drop: this Dify app has only the legacy image upload switched on. Chat, agent and completion apps then take images (201) and ignore them in messages without a word. Open the app in Dify, switch its file upload on again, and publish it.',
  )
}

let isTold = false

// 200 files on their way, whose progress the bench reports itself: a thousand times in one frame.
import { createRoot } from 'react-dom/client'
import { createUploader, DifyFileDrop } from 'dify-file-drop'
import 'dify-file-drop/styles.css'

const reports = []
const uploader = createUploader({
  send: ({ onProgress }) => new Promise(() => void reports.push(onProgress)),
  concurrency: 200,
  rules: { maxFiles: Infinity },
})
createRoot(document.getElementById('root')).render(<DifyFileDrop uploader={uploader} />)

/** Adds the files, and resolves when all are being sent. */
window.bench.begin = async (count) => {
  uploader.add(Array.from({ length: count }, (_, i) => new File([new Uint8Array(1_000_000)], `file-${i}.txt`)))
  while (reports.length < count) await new Promise((resolve) => setTimeout(resolve, 20))
}

/**
 * `events` reports in one frame, spread over all files; each round of it moves every file by two percent. Resolves with the ms
 * of script that they took: the reports themselves, and then the frame that shows them, up to the end of the commit.
 */
window.bench.burst = (events, round) => new Promise((resolve) => {
  requestAnimationFrame(() => {
    const start = performance.now()
    for (let i = 0; i < events; i++) reports[i % reports.length](round * 20_000 + Math.floor(i / reports.length) * 1000)
    const reported = performance.now() - start
    window.bench.committedAt = 0
    // Asked for after the widget asked for the same frame, so the time of its own callback is taken from the frame's.
    requestAnimationFrame((frameAt) => {
      const { committedAt } = window.bench
      setTimeout(() => resolve({ reported, shown: (window.bench.committedAt || committedAt) - frameAt }))
    })
  })
})

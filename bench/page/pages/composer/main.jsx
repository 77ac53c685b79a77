import { createRoot } from 'react-dom/client'
import { DifyFileDrop } from 'dify-file-drop'
import 'dify-file-drop/styles.css'

createRoot(document.getElementById('root')).render(
  <DifyFileDrop layout="composer" proxyUrl="/api/dify" concurrency={4} rules={{ maxFiles: Infinity }} onUploaded={() => window.bench.uploaded()}>
    <textarea aria-label="Message" />
  </DifyFileDrop>,
)

import { useRef } from 'react'
import { createRoot } from 'react-dom/client'
import { DifyFileDrop } from 'dify-file-drop'
import 'dify-file-drop/styles.css'

const query = new URLSearchParams(location.search)

function Page() {
  const handle = useRef(null)
  return (
    <>
      <DifyFileDrop
        ref={(it) => {
          handle.current = it
          window.bench.uploader = it?.uploader
        }}
        proxyUrl="/api/dify"
        concurrency={4}
        rules={{ maxFiles: Infinity }}
        autoUpload={query.get('upload') !== 'no'}
        onUploaded={() => window.bench.uploaded()}
      />
      <textarea />
    </>
  )
}

createRoot(document.getElementById('root')).render(<Page />)

import { useState } from 'react'
import { DifyFileDrop, type DifyFile, type Uploader } from '../../src/index.js'

export function RecentFiles({ uploader }: { uploader: Uploader }) {
  const [recent, setRecent] = useState<readonly DifyFile[]>([])
  return (
    <>
      <DifyFileDrop uploader={uploader} onUploaded={(file) => setRecent((all) => [file, ...all.filter((it) => it.id !== file.id)].slice(0, 10))} />
      <ul aria-label="Recent files">
        {recent.map((file) => (
          <li key={file.id}>
            <button type="button" onClick={() => uploader.add(file)}>Attach {file.name} again</button>
          </li>
        ))}
      </ul>
    </>
  )
}

import Attachments from '@ant-design/x/es/attachments'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'

function Page() {
  const [items, setItems] = useState([])
  return (
    <>
      <Attachments
        items={items}
        multiple
        name="file"
        action="/api/dify/files/upload"
        placeholder={{ title: 'Drop files here' }}
        onChange={({ file, fileList }) => {
          setItems(fileList)
          if (file.status === 'done') window.bench.uploaded()
        }}
      />
      <textarea />
    </>
  )
}

createRoot(document.getElementById('root')).render(<Page />)

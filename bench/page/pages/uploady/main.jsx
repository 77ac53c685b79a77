import { Uploady, useBatchAddListener, useItemFinishListener, useItemProgressListener } from '@rpldy/uploady'
import { UploadDropZone } from '@rpldy/upload-drop-zone'
import { memo, useState } from 'react'
import { createRoot } from 'react-dom/client'

// It brings no list, so this is one as its manual makes it: rows that listen for themselves.
const Row = memo(function Row({ id, name }) {
  const [done, setDone] = useState(false)
  const item = useItemProgressListener(id)
  useItemFinishListener(() => setDone(true), id)
  return <li>{name} <progress max="100" value={done ? 100 : (item?.completed ?? 0)} /></li>
})

function List() {
  const [items, setItems] = useState([])
  useBatchAddListener((batch) => setItems((old) => [...old, ...batch.items.map(({ id, file }) => ({ id, name: file.name }))]))
  useItemFinishListener(() => window.bench.uploaded())
  return <ul>{items.map((item) => <Row key={item.id} {...item} />)}</ul>
}

createRoot(document.getElementById('root')).render(
  <Uploady destination={{ url: '/api/dify/files/upload' }} inputFieldName="file" multiple concurrent maxConcurrent={4}>
    <UploadDropZone id="drop" extraProps={{ style: { padding: '3rem', border: '1px dashed' } }}><p>Drop files here</p></UploadDropZone>
    <textarea />
    <List />
  </Uploady>,
)

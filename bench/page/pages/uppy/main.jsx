import Uppy from '@uppy/core'
import Dashboard from '@uppy/react/dashboard'
import XHRUpload from '@uppy/xhr-upload'
import { createRoot } from 'react-dom/client'
import '@uppy/core/css/style.min.css'
import '@uppy/dashboard/css/style.min.css'

const uppy = new Uppy({ autoProceed: true }).use(XHRUpload, { endpoint: '/api/dify/files/upload', fieldName: 'file', limit: 4 })
uppy.on('upload-success', () => window.bench.uploaded())

createRoot(document.getElementById('root')).render(
  <>
    <Dashboard uppy={uppy} />
    <textarea />
  </>,
)

import FilePondPluginFileValidateSize from 'filepond-plugin-file-validate-size'
import FilePondPluginFileValidateType from 'filepond-plugin-file-validate-type'
import FilePondPluginImagePreview from 'filepond-plugin-image-preview'
import { createRoot } from 'react-dom/client'
import { FilePond, registerPlugin } from 'react-filepond'
import 'filepond/dist/filepond.min.css'
import 'filepond-plugin-image-preview/dist/filepond-plugin-image-preview.css'

registerPlugin(FilePondPluginFileValidateSize, FilePondPluginFileValidateType, FilePondPluginImagePreview)

createRoot(document.getElementById('root')).render(
  <>
    <FilePond name="file" server="/api/dify/files/upload" allowMultiple maxParallelUploads={4} maxFileSize="4GB" onprocessfile={(error) => { if (!error) window.bench.uploaded() }} />
    <textarea />
  </>,
)

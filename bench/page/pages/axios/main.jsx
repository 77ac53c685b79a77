// The floor with axios in the place of XMLHttpRequest.
import axios from 'axios'
import { plainList } from '../plainList.js'

plainList(async (file, onProgress) => {
  const body = new FormData()
  body.append('file', file)
  const { data } = await axios.post('/api/dify/files/upload', body, { onUploadProgress: ({ progress }) => onProgress(progress ?? 0) })
  return data
})

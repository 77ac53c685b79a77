// The floor: XMLHttpRequest, four at a time, one <li><progress> a file.
import { plainList } from '../plainList.js'

plainList((file, onProgress) => new Promise((resolve, reject) => {
  const body = new FormData()
  body.append('file', file)
  const request = new XMLHttpRequest()
  request.open('POST', '/api/dify/files/upload')
  request.responseType = 'json'
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total))
  request.addEventListener('load', () => (request.status === 201 ? resolve(request.response) : reject(new Error(`HTTP ${request.status}`))))
  request.addEventListener('error', () => reject(new Error('network')))
  request.send(body)
}))

import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createUploader, DifyFileDrop, FileDrop } from '../index.js'

test('where there is no window it renders all the same, whole and without inline styles', () => {
  expect(typeof window).toBe('undefined')
  const html = renderToString(createElement(DifyFileDrop, { proxyUrl: '/api/dify', dropTarget: 'page', onUploaded: () => undefined }))
  expect(html).toContain('data-dfd-part="root"')
  expect(html).toContain('Attach files')
  expect(html).toContain('role="status"')
  expect(html).not.toContain('style=')
})

test('files that Dify holds already are in the HTML', () => {
  const uploader = createUploader({ send: () => Promise.reject(new Error('never')), initial: [{ id: '1', name: 'contract.pdf', size: 2048 }] })
  const html = renderToString(createElement(FileDrop.Root, { uploader }, createElement(FileDrop.List)))
  expect(html).toContain('contr')
  expect(html).toContain('2 kB')
})

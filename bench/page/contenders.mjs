/** Who is measured: the page it has, its name in the report, and where a person would drop files. */
export const CONTENDERS = {
  floor: { label: 'bare `XMLHttpRequest`', target: '#drop' },
  axios: { label: 'the same with axios', target: '#drop' },
  widget: { label: '**dify-file-drop**', target: '[data-dfd-part="zone"]' },
  uppy: { label: 'Uppy (core, React Dashboard, xhr-upload)', target: '.uppy-Dashboard-inner' },
  antdx: { label: 'Ant Design X `Attachments`', target: '.ant-attachment-placeholder, .ant-attachment' },
  uploady: { label: 'react-uploady with a list', target: '#drop' },
  filepond: { label: 'FilePond (size, type and preview plugins)', target: '.filepond--root' },
  walker: { label: 'a bare walk', target: '#drop' },
  composer: { label: '**dify-file-drop** around a text box', target: '[data-dfd-part="composer"]' },
  progress: { label: '**dify-file-drop**', target: '[data-dfd-part="zone"]' },
}

// `import 'dify-file-drop/styles.css'` (and `preview.css`) has nothing to import; this file lets TypeScript find it without a bundler's types.
export {}

// What a walk costs without a product around it: every folder read, every file opened for its size, nothing shown.
document.getElementById('root').innerHTML = '<div id="drop" style="padding: 3rem; border: 1px dashed">Drop a folder here</div>'
const drop = document.getElementById('drop')
drop.addEventListener('dragover', (event) => event.preventDefault())
drop.addEventListener('drop', async (event) => {
  event.preventDefault()
  const { walked } = window.bench
  const roots = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry())
  const files = []
  for (const folder of roots) await walk(folder, files)
  walked.namesAt = performance.now()
  let next = 0
  let bytes = 0
  await Promise.all(Array.from({ length: 32 }, async () => {
    while (next < files.length) {
      const entry = files[next++]
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject))
      bytes += file.size
    }
  }))
  walked.sizesAt = performance.now()
  walked.bytes = bytes
  window.bench.finish()
})

async function walk(folder, files) {
  const reader = folder.createReader()
  const below = []
  for (;;) {
    const children = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))
    if (children.length === 0) break
    for (const child of children) (child.isDirectory ? below : files).push(child)
  }
  for (const child of below) await walk(child, files)
}

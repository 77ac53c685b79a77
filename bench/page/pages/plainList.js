/** A drop zone, a text box and a list, without a framework: what every page has at least. `send(file, onProgress)` uploads one. */
export function plainList(send) {
  document.getElementById('root').innerHTML = '<div id="drop" style="padding: 3rem; border: 1px dashed">Drop files here</div><textarea></textarea><ul></ul>'
  const drop = document.getElementById('drop')
  const list = document.querySelector('ul')
  const queue = []
  let running = 0

  drop.addEventListener('dragover', (event) => event.preventDefault())
  drop.addEventListener('drop', (event) => {
    event.preventDefault()
    const rows = document.createDocumentFragment()
    for (const file of event.dataTransfer.files) {
      const row = document.createElement('li')
      row.textContent = file.name
      const progress = document.createElement('progress')
      progress.value = 0
      row.append(progress)
      rows.append(row)
      queue.push({ file, row, progress })
    }
    list.append(rows)
    pump()
  })

  function pump() {
    while (running < 4 && queue.length > 0) {
      const { file, row, progress } = queue.shift()
      running++
      send(file, (share) => { progress.value = share }).then(
        () => {
          row.dataset.state = 'uploaded'
          window.bench.uploaded()
        },
        (error) => { row.dataset.state = error.message },
      ).finally(() => {
        running--
        pump()
      })
    }
  }
}

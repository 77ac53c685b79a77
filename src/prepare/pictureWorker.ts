import type { Picture } from './picture.js'

/**
 * A {@link Picture} in a worker: browsers decode a photo of 12 megapixels when it is first drawn, which would hold the
 * page for most of a second. The worker lives as long as a picture is open.
 *
 * @returns null where the browser cannot read it, `no-worker` where there can be no worker. A bitmap is then still ours.
 */
export async function openInWorker(source: Blob | ImageBitmap): Promise<Picture | null | 'no-worker'> {
  const worker = sharedWorker()
  if (worker === null) return 'no-worker'
  users++
  const close = (): void => {
    users--
    if (users === 0) endWorker()
  }
  try {
    if (!(await worker.isUp)) {
      close()
      return 'no-worker'
    }
    const id = ++lastId
    const opened = await worker.call({ id, source }, source instanceof Blob ? [] : [source])
    if (opened.width === undefined || opened.height === undefined) {
      close()
      return null
    }
    return {
      width: opened.width,
      height: opened.height,
      encode: async (width, height, type, quality) => (await worker.call({ id, width, height, type, quality })).blob ?? null,
      close: () => {
        void worker.call({ id, source: null })
        close()
      },
    }
  } catch {
    close()
    return null
  }
}

interface Answer {
  call: number
  width?: number
  height?: number
  blob?: Blob
}

/** Calls into the worker. None ever rejects: an answer without what was asked for is a failure. */
interface PictureWorker {
  isUp: Promise<boolean>
  call(question: object, transfer?: Transferable[]): Promise<Answer>
  end(): void
}

let shared: PictureWorker | null = null
let isBarred = false
let users = 0
let lastId = 0

function sharedWorker(): PictureWorker | null {
  if (isBarred || typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return null
  try {
    shared ??= startWorker()
  } catch {
    isBarred = true
  }
  return shared
}

function endWorker(): void {
  shared?.end()
  shared = null
}

function startWorker(): PictureWorker {
  // Not a module of its own: what becomes of `new URL('./worker.js', import.meta.url)` in a dependency differs by bundler.
  const url = URL.createObjectURL(new Blob([SOURCE], { type: 'text/javascript' }))
  const worker = new Worker(url)
  const waiting = new Map<number, (answer: Answer) => void>()
  let calls = 0
  const call = (question: object, transfer: Transferable[] = []): Promise<Answer> =>
    new Promise((resolve) => {
      const call = ++calls
      waiting.set(call, resolve)
      worker.postMessage({ call, ...question }, transfer)
    })
  worker.addEventListener('message', ({ data: answer }: MessageEvent<Answer>) => {
    waiting.get(answer.call)?.(answer)
    waiting.delete(answer.call)
  })
  const giveUp = (): void => {
    for (const [call, resolve] of waiting) resolve({ call })
    waiting.clear()
  }
  // A CSP that forbids it is told by this event, not by the constructor.
  worker.addEventListener('error', () => {
    isBarred = true
    giveUp()
  })
  const isUp = call({}).then(() => {
    URL.revokeObjectURL(url)
    return !isBarred
  })
  return {
    isUp,
    call,
    end: () => {
      worker.terminate()
      giveUp()
    },
  }
}

/** A string, so that no compiler of a host puts its own helpers into it. */
const SOURCE = `
const images = new Map()
onmessage = async ({ data: { call, id, source, width, height, type, quality } }) => {
  try {
    if (source) {
      const image = source instanceof Blob ? await createImageBitmap(source, { imageOrientation: 'from-image' }) : source
      images.set(id, image)
      postMessage({ call, width: image.width, height: image.height })
    } else if (type) {
      const canvas = new OffscreenCanvas(width, height)
      const context = canvas.getContext('2d')
      context.imageSmoothingQuality = 'high'
      context.drawImage(images.get(id), 0, 0, width, height)
      postMessage({ call, blob: await canvas.convertToBlob({ type, quality }) })
    } else {
      images.get(id)?.close()
      images.delete(id)
      postMessage({ call })
    }
  } catch {
    postMessage({ call })
  }
}
`

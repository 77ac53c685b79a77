import { anotherTask } from './openingTurns.js'

/**
 * Opens the many files of folders, after their names are known: the browser reads folders and opens files one after the
 * other. It is quickest while it has several to open, but hands over all that are open by then in one task, so that after a
 * while no more are asked for until another task. What came is handed on there, when the next ones are on their way.
 */
export class FileOpener {
  #isOpen = false
  #asked = 0
  #waiting: Waiting[] = []
  #came: (() => void)[] = []
  #firstAt = 0
  #isNextPlanned = false
  readonly #timer = setTimeout(() => this.begin(), LONGEST_WALK)

  /** All names are known. A walk that takes long (a network drive) does not keep the first files waiting for its end. */
  begin(): void {
    clearTimeout(this.#timer)
    this.#isOpen = true
    this.#plan()
  }

  open(entry: FileSystemFileEntry): Promise<File> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject })
      this.#plan()
    })
  }

  #plan(): void {
    if (!this.#isOpen || this.#isNextPlanned) return
    this.#isNextPlanned = true
    anotherTask(() => this.#next())
  }

  #next(): void {
    this.#isNextPlanned = false
    const came = this.#came.splice(0)
    this.#ask(AT_ONCE - this.#asked)
    for (const handOn of came) handOn()
  }

  #ask(count: number): void {
    for (const { entry, resolve, reject } of this.#waiting.splice(0, count)) {
      this.#asked++
      entry.file(
        (file) => this.#arrived(() => resolve(file)),
        (error) => this.#arrived(() => reject(error)),
      )
    }
  }

  #arrived(handOn: () => void): void {
    this.#asked--
    const now = performance.now()
    if (this.#came.length === 0) this.#firstAt = now
    this.#came.push(handOn)
    if (now - this.#firstAt < LONGEST_TASK) this.#ask(1)
    this.#plan()
  }
}

interface Waiting {
  entry: FileSystemFileEntry
  resolve: (file: File) => void
  reject: (error: DOMException) => void
}

const AT_ONCE = 16
/** ms, after which only those that are on their way are added to a task. One is felt from 50 on. */
const LONGEST_TASK = 30
/** ms */
const LONGEST_WALK = 2000

/** Carries the news of a removal made by hand from where it is made to where it is announced. */
export class Removals {
  #listeners = new Set<(name: string) => void>()

  tell(name: string): void {
    for (const listener of this.#listeners) listener(name)
  }

  listen(listener: (name: string) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

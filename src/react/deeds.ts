/** Something done by hand that a screen reader should hear of. */
export type Deed = { type: 'removed'; name: string } | { type: 'moved'; name: string; place: number; of: number } | { type: 'renamed'; name: string; newName: string } | { type: 'original'; name: string }

/** Carries news of deeds from where they are done to where they are announced. */
export class Deeds {
  #listeners = new Set<(deed: Deed) => void>()

  tell(deed: Deed): void {
    for (const listener of this.#listeners) listener(deed)
  }

  listen(listener: (deed: Deed) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

/** Who Dify thinks uploads and chats: one per app and `user` string. */
export interface EndUser {
  id: string
  /** The app's id. */
  app: string
  /** The `user` string of the requests, or `DEFAULT-USER`. */
  user: string
  /** Unix ms. */
  createdAt: number
}

/** The shared user of everyone who sent no `user`. Blanks are not it: they are a user of their own. */
export const DEFAULT_USER = 'DEFAULT-USER'

/** Finds or makes the end user of an app. */
export class EndUsers {
  readonly #all = new Map<string, EndUser>()

  constructor(
    private readonly uuid: () => string,
    private readonly clock: () => number,
  ) {}

  of(app: string, user: string | null | undefined): EndUser {
    const name = user === null || user === undefined || user === '' ? DEFAULT_USER : user
    const key = `${app}\n${name}`
    const known = this.#all.get(key)
    if (known !== undefined) return known
    const created = { id: this.uuid(), app, user: name, createdAt: this.clock() }
    this.#all.set(key, created)
    return created
  }

  byId(app: string, id: string): EndUser | null {
    for (const user of this.#all.values()) if (user.app === app && user.id === id) return user
    return null
  }
}

import type { RouteName } from './emulatorRoutes.js'
import type { LoggedRequest } from './requestLog.js'
import { ActiveTrouble, type ScriptedTrouble, type Trouble, type TroubleHandle } from './trouble.js'

/** What one request meets: at most one trouble of each sort. */
export interface Encounter {
  slow?: ActiveTrouble<'slow'>
  delay?: ActiveTrouble<'delay'>
  truncate?: ActiveTrouble<'truncate'>
  end?: ActiveTrouble<'stall' | 'cutOff' | 'status' | 'body'>
}

/** The troubles that wait for requests, oldest first. */
export class TroubleQueue {
  #waiting: ActiveTrouble[] = []
  #all: ActiveTrouble[] = []

  script(script: ScriptedTrouble): TroubleHandle {
    const trouble = new ActiveTrouble(script)
    this.#waiting.push(trouble)
    this.#all.push(trouble)
    return trouble
  }

  /** True when a file's name must be known before it can be said what its upload meets. */
  get wantsName(): boolean {
    return this.#waiting.some((trouble) => trouble.script.name !== undefined)
  }

  meet(route: RouteName | null, name: string | null, request: LoggedRequest): Encounter {
    const encounter: Partial<Record<keyof Encounter, ActiveTrouble>> = {}
    for (const trouble of this.#waiting) {
      const sort = SORTS[trouble.script.kind]
      // Every trouble counts every request that it could befall, even one that an older trouble takes.
      if (!trouble.awaits(route, name) || encounter[sort] !== undefined) continue
      encounter[sort] = trouble
      trouble.meet(request)
    }
    this.#waiting = this.#waiting.filter((trouble) => !trouble.isSpent)
    return encounter as Encounter
  }

  /** Ends all trouble, past and to come. */
  clear(): void {
    for (const trouble of this.#all) trouble.release()
    this.#waiting = []
    this.#all = []
  }
}

const SORTS: Readonly<Record<Trouble['kind'], keyof Encounter>> = {
  slow: 'slow', delay: 'delay', truncate: 'truncate', stall: 'end', cutOff: 'end', status: 'end', body: 'end',
}

import { en, type Messages } from '../../src/index.js'

const modules = import.meta.glob<Record<string, Messages>>(['../../src/locales/*.ts', '!../../src/locales/*.test.ts'], { eager: true })

/** Every language that is shipped, by its name. */
export const LOCALES: readonly Messages[] = [en, ...Object.values(modules).flatMap((module) => Object.values(module)).filter((it) => it.language !== 'en')]

export interface FirstLoad {
  chunks: {
    name: string
    /** Loaded with the page, and not by an `import()` later. */
    isFirst: boolean
    bytes: number
    gzipped: number
    /** Packages of which something is in it. */
    packages: string[]
  }[]
}

export const LAZY: Readonly<Record<string, string>>
export function firstLoad(configFile?: string): Promise<FirstLoad>
export function packageOf(id: string): string | null

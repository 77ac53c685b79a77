import type { DifyFileDropProps, Step } from '../src/index.js'

/** Which app the page speaks to, and which of the widget's options are on. */
export interface Scenario {
  proxyUrl: string
  /** The app takes one file in this input variable, and runs as a workflow. */
  variable: string | null
  /** Thumbnails open a preview. */
  preview: boolean
  props: Pick<DifyFileDropProps, 'validate' | 'prepare' | 'links' | 'directory' | 'draft' | 'warnBeforeLeaving'>
}

/**
 * Reads the page's query: `?sniff=warn|refuse`, `?prepare=1`, `?links=1`, `?directory=1`, `?draft=1` (files
 * survive a reload), `?preview=1`, `?leaving=1` (the browser asks before the page is left while files move), and, with a Dify in memory,
 * `?app=documents-only|images-legacy|images-counted|any-size|local-only|workflow`.
 */
export function scenarioOf(search: string): Scenario {
  const query = new URLSearchParams(search)
  const app = query.get('app')
  const sniffing = query.get('sniff')
  return {
    proxyUrl: app === null ? '/api/dify' : `/api/apps/${encodeURIComponent(app)}`,
    variable: app === 'workflow' ? 'contract' : null,
    preview: query.has('preview'),
    props: {
      links: query.has('links'),
      ...(query.has('draft') && { draft: { key: 'composer', scope: 'demo' } }),
      ...(query.has('leaving') && { warnBeforeLeaving: true }),
      ...(query.has('directory') && { directory: true }),
      ...(sniffing !== null && { validate: sniffing === 'refuse' ? lazySniff('refuse') : lazySniff('warn') }),
      ...(query.has('prepare') && { prepare: lazyPrepare }),
    },
  }
}

/** Loaded with the first file, so that a page without files has not loaded it. */
function lazySniff(mode: 'warn' | 'refuse'): Step {
  const step: Step = async (file, context) => {
    const { sniff } = await import('../src/sniff/index.js')
    return sniff({ mode })(file, context)
  }
  return Object.assign(step, { beside: mode === 'warn' })
}

const lazyPrepare: Step = async (file, context) => {
  const { prepareImages } = await import('../src/prepare/index.js')
  return prepareImages()(file, context)
}

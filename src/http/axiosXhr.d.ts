/** axios ships no types for its modules under `unsafe`. What we use of this one; axios is pinned to the minor version for it. */
declare module 'axios/unsafe/adapters/xhr.js' {
  import type { AxiosLikeConfig, AxiosLikeHeaders } from './axiosLike.js'

  /** False where there is no XMLHttpRequest. Transforms are not its business. */
  const xhr: false | ((config: Omit<AxiosLikeConfig, 'adapter' | 'transformRequest' | 'transformResponse'>) => Promise<{ data: unknown; status: number; headers: AxiosLikeHeaders }>)
  export default xhr
}

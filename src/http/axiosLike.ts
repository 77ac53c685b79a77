/**
 * What we need of an axios instance. A type of our own: two versions of axios in one application do not unify, and a
 * host's instance should fit whichever it has.
 */
export interface AxiosLike {
  request: (config: AxiosLikeConfig) => Promise<unknown>
}

export interface AxiosLikeConfig {
  url: string
  method: string
  baseURL: string
  adapter: 'xhr'
  /** null takes a default header of the instance away. */
  headers: Record<string, string | null>
  data?: FormData | Blob
  signal?: AbortSignal
  timeout: number
  responseType: 'text'
  validateStatus: () => boolean
  transformRequest: ((body: unknown) => unknown)[]
  transformResponse: ((body: unknown, headers: AxiosLikeHeaders, status?: number) => unknown)[]
  withCredentials?: boolean
  onUploadProgress?: (event: { loaded: number; total?: number | undefined }) => void
}

export interface AxiosLikeHeaders {
  get: (name: string) => unknown
}

/** How the host's requests are to be made. */
export interface Transport {
  /** The host's instance, with its interceptors. @default an instance of our own */
  axios?: AxiosLike | undefined
  /** Added to each request; a function is asked again for each attempt, so that a token can be renewed. */
  headers?: HeadersOption | undefined
  /** Send cookies to a proxy on another origin. @default what the instance says */
  withCredentials?: boolean | undefined
}

/** Headers of your own for each request. A function is asked again for every attempt, so that a renewed token counts. */
export type HeadersOption = Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>)

/** This package's version, which the proxy tells browsers in `/parameters` and Dify in `User-Agent`. */
export const VERSION = '0.1.0'

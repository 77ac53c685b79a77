import { proxyFrom } from './proxy.mjs'

// One for all requests of this isolate, so that Dify's limits are learnt once.
let proxy

export default {
  fetch(request, env) {
    proxy ??= proxyFrom(env)
    return proxy(request)
  },
}

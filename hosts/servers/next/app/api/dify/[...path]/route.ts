import { proxyFrom } from '../../../../../proxy.mjs'

const proxy = proxyFrom(process.env)

export { proxy as GET, proxy as POST, proxy as OPTIONS }

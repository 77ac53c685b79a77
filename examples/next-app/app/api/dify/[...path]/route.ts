import { proxy } from '../../../../lib/dify'

export { proxy as GET, proxy as POST, proxy as OPTIONS }

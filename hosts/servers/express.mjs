import express from 'express'
import { toNodeListener } from 'dify-file-drop/server'
import { proxyFrom } from './proxy.mjs'

const app = express()
const dify = toNodeListener(proxyFrom(process.env))

// Before any body parser.
app.use('/api/dify', dify)

app.use(express.json())
app.use(express.raw({ type: '*/*' }))
// Behind one there is nothing left to stream: it answers 500 and says why in the log.
app.use('/too-late', dify)

app.listen(Number(process.env.PORT), '127.0.0.1')

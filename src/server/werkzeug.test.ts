import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyForm, CAP, cut, field, file, mutation } from './fixtures/anyForm.js'
import { proxyBefore, uploadOf } from './fixtures/askProxy.js'
import { fakeDify, formIn } from './fixtures/fakeDify.js'
import { formOf, inChunksOf } from './fixtures/forms.js'

/*
 * Werkzeug is what Dify itself reads forms with. Our own lenient reader (fixtures/forms.ts) only imitates it, so here it
 * is asked itself: what it makes of the bytes that leave the proxy is the server's user and the one file.
 */
const READ = `
import base64, io, json, sys
from werkzeug.formparser import parse_form_data
for line in sys.stdin:
    sent = json.loads(line)
    body = base64.b64decode(sent['body'])
    _, form, files = parse_form_data({'REQUEST_METHOD': 'POST', 'CONTENT_TYPE': sent['type'], 'CONTENT_LENGTH': str(len(body)), 'wsgi.input': io.BytesIO(body)})
    print(json.dumps({
        'fields': [list(each) for each in form.items(multi=True)],
        'files': [[name, it.filename, it.mimetype, it.read().decode('latin1')] for name, it in files.items(multi=True)],
    }))
`
const python = ['python3', '/usr/bin/python3'].find((command) => spawnSync(command, ['-c', 'import werkzeug.formparser']).status === 0)
if (python === undefined) console.info('Werkzeug: skipped, no python3 has it. On Debian: apt-get install python3-werkzeug.')

const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31)
const USERS = ['user-1', 'ünïcode 😀', '"; filename="x', 'a\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n', ' blank ', '%22', '--', 'a\nb']

const spoilt = fc.tuple(anyForm, fc.array(mutation, { maxLength: 3 })).map(([form, mutations]) => mutations.reduce<Uint8Array>((body, mutate) => mutate(body), form))
const sound = fc.tuple(fc.array(field, { maxLength: 3 }), file, fc.array(field, { maxLength: 3 })).map(([before, one, after]) => formOf([...before, one, ...after]))

it.skipIf(python === undefined)(`Werkzeug reads the server's user and one file in whatever reaches Dify (FUZZ_SEED=${SEED})`, async () => {
  const sent: { type: string; body: string }[] = []
  const expected: unknown[] = []
  for (const [body, size, user] of fc.sample(fc.tuple(fc.oneof(spoilt, sound), cut, fc.constantFrom(...USERS)), { numRuns: 1000, seed: SEED })) {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, { authorize: () => ({ user }), maxBytes: { image: CAP, document: CAP, audio: CAP, video: CAP } })
    await proxy(uploadOf(body, { chunks: inChunksOf(body, size) }))
    for (const upload of dify.uploads) {
      const { file } = formIn(upload)
      sent.push({ type: upload.headers.get('content-type')!, body: Buffer.from(upload.body).toString('base64') })
      expected.push({ fields: [['user', user]], files: [['file', Buffer.from(file.filename!, 'latin1').toString(), file.type, file.content]] })
    }
  }
  expect(sent.length).toBeGreaterThan(100)
  const { stdout, stderr } = spawnSync(python!, ['-c', READ], { input: sent.map((each) => JSON.stringify(each)).join('\n'), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  expect(stderr).toBe('')
  expect(stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual(expected)
}, 60_000)

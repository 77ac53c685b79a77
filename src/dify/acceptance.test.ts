import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEngine } from '../core/createEngine.js'
import type { Ports } from '../core/ports.js'
import type { Settled, Uploader } from '../core/uploader.js'
import { createDifyEmulator, createEmulatorSend, type AppMode, type DifyEmulator, type EmulatedMessage } from '../testing/index.js'
import { fitName } from './fileName.js'
import type { MessageFile } from './messageFile.js'
import { MIB, type AppParameters } from './parameters.js'

/*
 * The promise to whoever attaches a file: what we take, Dify takes, upload and message; what we refuse, Dify or the app's
 * rules would have refused, but for what is ours by name. Any app's parameters, any files.
 */

const USER = 'emulator-user'
/** ~1 kB: limits need not be whole MiB to the code, and files stay small. */
const TINY = 0.001

const fileLimit = fc.constantFrom(0, TINY, 1)
const kinds = fc.constantFrom('image', 'document', 'audio', 'video', 'custom')
const listed = fc.constantFrom('.pdf', 'json', '.JSON', 'XML', '.zip', 'png', '.heic', '', '.tar.gz', 'odt')
const restrictions = {
  allowed_file_types: fc.oneof({ weight: 4, arbitrary: fc.uniqueArray(kinds, { minLength: 1, maxLength: 3 }) }, fc.constant([]), fc.constant(null)),
  allowed_file_extensions: fc.option(fc.array(listed, { maxLength: 3 })),
}
const methods = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(['local_file'], ['local_file', 'remote_url'], []) }, fc.constant(['remote_url']))

const fileUpload = fc.oneof(
  { weight: 8, arbitrary: fc.record({
    enabled: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
    ...restrictions,
    allowed_file_upload_methods: methods,
    number_limits: fc.constantFrom(1, 2, 3, 10, 0, undefined, null),
    fileUploadConfig: fc.constantFrom(undefined, { image_file_size_limit: 99, file_size_limit: 0 }),
    image: fc.constantFrom(undefined, { enabled: false, number_limits: 3, transfer_methods: ['local_file', 'remote_url'] }),
  }) },
  fc.constant({}),
  fc.constant({ image: { enabled: false, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] } }),
  fc.constant({ image: { enabled: true, number_limits: 2, detail: 'high', transfer_methods: ['local_file'] } }),
)

const app: fc.Arbitrary<AppParameters> = fc.record({
  file_upload: fileUpload,
  system_parameters: fc.record({ image_file_size_limit: fileLimit, document: fileLimit, audio_file_size_limit: fileLimit, video_file_size_limit: fileLimit })
    .map(({ document, ...media }) => ({ ...media, file_size_limit: document, workflow_file_upload_limit: 10 })),
}) as fc.Arbitrary<AppParameters>

const extension = fc.constantFrom(
  'png', 'PNG', 'jpg', 'svg', 'pdf', 'PDF', 'txt', 'md', 'htm', 'docx', 'mp3', 'mpga', 'mp4', 'webm', 'json', 'JSON', 'zip', 'xml', 'heic', 'bmp', 'avi',
  'ogg', 'csv', 'ts', 'odt', 'exe', 'tar.gz', 'x'.repeat(20), 'x'.repeat(25),
)
const stem = fc.oneof(fc.constantFrom('a', 'my report', '报告', '📎', 'a.b', '.env', 'c:\\x\\y', 'a/b', 'what?', 'a"b', 'long.'.repeat(50)), fc.string({ unit: 'grapheme', maxLength: 12 }))
const named = fc.oneof({ weight: 9, arbitrary: fc.tuple(stem, extension).map((it) => it.join('.')) }, stem)
const mime = fc.constantFrom('', 'application/octet-stream', 'image/png', 'application/vnd.ms-excel', 'video/mp2t', 'audio/webm', 'text/plain', 'text/plain;charset=utf-8')
const size = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(1, 1000, 1048) }, fc.constantFrom(0, 1049, 4000), { weight: 1, arbitrary: fc.constantFrom(MIB, MIB + 1) })
const file = fc.record({ name: named, type: mime, size }).map(({ name, type, size }) => new File([new Uint8Array(size)], name, { type }))

const ports: Ports = {
  clock: Date.now,
  schedule: (callback, ms) => {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
  network: { isOnline: () => true, subscribe: () => () => undefined },
  random: () => 0.5,
  report: (error) => {
    throw error
  },
}

interface World {
  emulator: DifyEmulator
  uploader: Uploader
  outcome: Settled
}

/** Offers the files to the real engine, whose transport ends in the emulator. */
async function offer(parameters: AppParameters, files: readonly File[], options: { mode: AppMode; version: string; variable?: string }): Promise<World> {
  const { mode, version, variable } = options
  const emulator = createDifyEmulator({ apiKey: 'app-key', parameters, info: { mode }, version })
  const uploader = createEngine({ send: createEmulatorSend(emulator), parameters, variable, strict: mode === 'workflow' }, ports)
  uploader.add(files)
  return { emulator, uploader, outcome: await uploader.settled() }
}

async function say(emulator: DifyEmulator, mode: AppMode, message: object): Promise<EmulatedMessage | string> {
  const before = emulator.messages.length
  const response = await emulator.fetch(new Request(`${emulator.baseUrl}/${mode === 'workflow' ? 'workflows/run' : 'chat-messages'}`, {
    method: 'POST',
    headers: { authorization: 'Bearer app-key', 'content-type': 'application/json' },
    body: JSON.stringify({ user: USER, query: 'Look', inputs: {}, response_mode: 'blocking', ...message }),
  }))
  return response.status === 200 ? emulator.messages[before]! : `${response.status} ${await response.text()}`
}

/** Uploads past all checks, and lets Dify decide on the type: what would have become of a file that was refused. */
async function force(emulator: DifyEmulator, files: readonly File[]): Promise<MessageFile[] | string> {
  const send = createEmulatorSend(emulator)
  const forced: MessageFile[] = []
  for (const file of files) {
    try {
      const { id } = await send({ file, signal: new AbortController().signal, onProgress: () => undefined })
      forced.push({ transfer_method: 'local_file', upload_file_id: id })
    } catch (error) {
      return String(error)
    }
  }
  return forced
}

const MODES: readonly AppMode[] = ['chat', 'agent-chat', 'advanced-chat', 'workflow']
const scene = fc.record({
  parameters: app,
  files: fc.array(file, { minLength: 1, maxLength: 4 }),
  mode: fc.constantFrom(...MODES),
  version: fc.constantFrom('1.16.0', '1.14.1', '1.12.1'),
})

describe('§1 to §5: the client and Dify agree', () => {
  test('what the client accepts, Dify accepts: as an upload, and in a message', async () => {
    let accepted = 0
    await fc.assert(fc.asyncProperty(scene, async ({ parameters, files, mode, version }) => {
      const { emulator, uploader, outcome } = await offer(parameters, files, { mode, version })
      expect(outcome.failed.map((it) => it.error)).toEqual([])
      const names = outcome.uploaded.map((it) => it.name)
      expect([...emulator.files.values()].map((it) => it.name).toSorted()).toEqual(names.toSorted())
      if (names.length === 0) return
      accepted++
      const message = await say(emulator, mode, { files: uploader.take() })
      expect(message).toBeTypeOf('object')
      // The legacy switch alone: chats and agents drop such files without a word, which `rules.legacyImageOnly` warns of.
      if (uploader.rules.legacyImageOnly && (mode === 'chat' || mode === 'agent-chat')) return
      expect((message as EmulatedMessage).files.map((it) => it.name)).toEqual(names)
    }), { numRuns: 400 })
    // A client that refuses everything would pass, and so would a generator of nothing acceptable.
    expect(accepted).toBeGreaterThan(40)
  }, 60_000)

  test('what the client refuses, Dify or the app\'s rules refuse, but for what is ours by name', async () => {
    const met = new Map<string, number>()
    await fc.assert(fc.asyncProperty(scene, async ({ parameters, files, mode, version }) => {
      const { emulator, uploader, outcome } = await offer(parameters, files, { mode, version })
      const individually = new Set(outcome.refused.filter((it) => it.error.code !== 'too_many_attachments').map((it) => it.file))
      for (const { error, file, name } of outcome.refused) {
        met.set(error.code, (met.get(error.code) ?? 0) + 1)
        if (error.code === 'empty_file') continue
        // The app's own rules, which uploads and workflows with attachments off do not ask.
        if (error.code === 'uploads_disabled' && !uploader.rules.enabled.value && mode === 'workflow') continue
        // What did not fit is one entry for all of it: together with what did, it is too much.
        const others = files.filter((it) => !individually.has(it)).map((it) => renamed(it, fitName(it.name)))
        const attempt = error.code === 'too_many_attachments' ? others : [renamed(file!, name)]
        const forced = await force(emulator, attempt)
        if (typeof forced === 'string') continue
        const message = await say(emulator, mode, { files: forced })
        expect([error.code, name, typeof message === 'string' ? 'refused' : message.files.map((it) => it.name)]).toEqual([error.code, name, typeof message === 'string' ? 'refused' : []])
      }
    }), { numRuns: 400 })
    expect([...met.keys()].toSorted()).toEqual(['empty_file', 'file_too_large', 'kind_not_allowed', 'too_many_attachments', 'uploads_disabled'])
  }, 60_000)

  test('§4.5 the same for a file variable, where attachments are off', async () => {
    const variable = fc.record({ type: fc.constantFrom('file', 'file-list'), ...restrictions, max_length: fc.constantFrom(1, 2, 5) })
    await fc.assert(fc.asyncProperty(variable, app, fc.array(file, { minLength: 1, maxLength: 3 }), async ({ type, ...rest }, { system_parameters }, files) => {
      const parameters = { file_upload: { enabled: false }, system_parameters, user_input_form: [{ [type]: { type, variable: 'docs', label: 'Docs', ...rest } }] } as AppParameters
      const { emulator, uploader, outcome } = await offer(parameters, files, { mode: 'advanced-chat', version: '1.16.0', variable: 'docs' })
      expect(outcome.failed).toEqual([])
      const names = outcome.uploaded.map((it) => it.name)
      if (names.length === 0) return
      const taken = uploader.take()
      const message = await say(emulator, 'advanced-chat', { inputs: { docs: type === 'file' ? taken[0] : taken } })
      expect(message).toBeTypeOf('object')
      expect((message as EmulatedMessage).files.map((it) => it.name)).toEqual(names)
    }), { numRuns: 150 })
  }, 60_000)
})

function renamed(file: File, name: string): File {
  return new File([file], name, { type: file.type })
}

import { describe, expect, test } from 'vitest'
import { matchRoute, ROUTES, type RouteName } from './routes.js'

const ID = '3ccd270f-781e-46af-b0b5-de67f3f684b4'

describe('a path is a route of decisions 8', () => {
  test.each<[path: string, name: RouteName, below: string, id: string | null]>([
    ['/files/upload', 'upload', 'files/upload', null],
    ['/api/dify/files/upload', 'upload', 'files/upload', null],
    ['/a/b/c/d/files/upload', 'upload', 'files/upload', null],
    ['/api/dify/parameters', 'parameters', 'parameters', null],
    ['/api/dify/info', 'info', 'info', null],
    ['/api/dify/session', 'session', 'session', null],
    ['/api/dify/chat-messages', 'chat', 'chat-messages', null],
    ['/api/dify/completion-messages', 'completion', 'completion-messages', null],
    ['/api/dify/workflows/run', 'workflow', 'workflows/run', null],
    [`/api/dify/chat-messages/${ID}/stop`, 'chatStop', `chat-messages/${ID}/stop`, ID],
    [`/api/dify/completion-messages/${ID}/stop`, 'completionStop', `completion-messages/${ID}/stop`, ID],
    [`/api/dify/workflows/tasks/${ID}/stop`, 'workflowStop', `workflows/tasks/${ID}/stop`, ID],
    [`/api/dify/files/${ID}/preview`, 'preview', `files/${ID}/preview`, ID],
    ['/api/dify/files/resumable', 'resumableStart', 'files/resumable', null],
    [`/api/dify/files/resumable/${ID}`, 'resumablePiece', `files/resumable/${ID}`, ID],
    [`/api/dify/files/resumable/${ID}/result`, 'resumableResult', `files/resumable/${ID}/result`, ID],
    ['/api/dify/health', 'health', 'health', null],
    ['/files/upload/parameters', 'parameters', 'parameters', null],
    ['/~me/api;v=1/info', 'info', 'info', null],
  ])('%s → %s', (path, name, below, id) => {
    expect(matchRoute(path)).toEqual({ name, methods: ROUTES[name].methods, path: below, id })
  })
})

describe('a path with a second reading is no route', () => {
  test.each([
    ['encoded slash', '/api/dify/files%2Fupload'],
    ['encoded letter', '/api/dify/files/uploa%64'],
    ['encoded dots', '/api/dify/%2e%2e/files/upload'],
    ['backslash', '/api/dify/files\\upload'],
    ['dot segment', '/api/dify/./files/upload'],
    ['dot dot segment', '/api/dify/x/../files/upload'],
    ['dot dot at the end', '/api/dify/files/upload/..'],
    ['empty segment', '/api/dify//files/upload'],
    ['empty segment inside', '/api/dify/files//upload'],
    ['trailing slash', '/api/dify/files/upload/'],
    ['query left on', '/files/upload?x=1'],
    ['fragment', '/files/upload#x'],
    ['no slash first', 'files/upload'],
    ['absolute', 'https://x.test/files/upload'],
    ['blank', '/files/upload '],
    ['line break', '/files/upload\n'],
    ['letters that look like it', '/files/uploаd'],
    ['in capitals', '/FILES/UPLOAD'],
    ['more behind', '/files/upload/x'],
    ['a longer word', '/myfiles/uploads'],
    ['part of a word', '/xparameters'],
    ['unknown', '/api/dify/conversations'],
    ['an id with a dot', '/files/a.b/preview'],
    ['an id of dots', '/files/../preview'],
    ['an id that begins with a hyphen', '/files/-x/preview'],
    ['an endless id', `/files/${'x'.repeat(65)}/preview`],
    ['no id', '/files//preview'],
    ['the root', '/'],
    ['nothing', ''],
  ])('%s: %j', (_, path) => {
    expect(matchRoute(path)).toBeNull()
  })
})

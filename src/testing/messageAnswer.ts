import { jsonAnswer } from './difyAnswer.js'
import type { AppMode } from './emulatedApp.js'
import type { EmulatedMessage } from './emulatedMessage.js'
import type { EmulatorState } from './emulatorState.js'
import { wordsOf, type StreamEvent } from './eventStream.js'

const USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, total_price: '0', currency: 'USD', latency: 0 }

/** The whole answer at once, as `response_mode: 'blocking'` has it. */
export function blockingAnswer(message: EmulatedMessage, mode: AppMode): Response {
  const { id, task_id, conversation_id, answer, created_at } = message
  if (mode === 'workflow') return jsonAnswer(200, { task_id, workflow_run_id: id, data: finishedRun(message) })
  const conversation = mode === 'completion' ? {} : { conversation_id }
  const metadata = { usage: USAGE, ...(mode === 'completion' ? {} : { retriever_resources: [] }) }
  return jsonAnswer(200, { event: 'message', task_id, id, message_id: id, ...conversation, mode, answer, metadata, created_at })
}

/** The answer word by word, with the events that an app of this mode sends around it, until somebody stops it. */
export function* answerEvents(state: EmulatorState, message: EmulatedMessage, mode: AppMode): Generator<StreamEvent> {
  const { id, task_id, conversation_id, inputs, answer, created_at } = message
  const task = { user: message.user, isStopped: false }
  state.tasks.set(task_id, task)
  const isFlow = mode === 'advanced-chat' || mode === 'workflow'
  const common =
    mode === 'workflow'
      ? { task_id, workflow_run_id: id }
      : { task_id, message_id: id, ...(mode === 'completion' ? {} : { conversation_id }), created_at }
  const run = mode === 'workflow' ? {} : { workflow_run_id: id }
  try {
    if (isFlow) {
      yield { event: 'workflow_started', ...common, ...run, data: { id, workflow_id: state.tenantId, inputs, created_at } }
    }
    for (const word of wordsOf(answer)) {
      if (task.isStopped) break
      if (mode === 'workflow') yield { event: 'text_chunk', ...common, data: { text: word, from_variable_selector: ['node_1', 'text'] } }
      else yield { event: mode === 'agent-chat' ? 'agent_message' : 'message', ...common, id, answer: word }
    }
    if (mode !== 'workflow') yield { event: 'message_end', ...common, id, metadata: { usage: USAGE } }
    if (isFlow) {
      const status = task.isStopped ? 'stopped' : 'succeeded'
      yield { event: 'workflow_finished', ...common, ...run, data: { ...finishedRun(message), status } }
    }
  } finally {
    state.tasks.delete(task_id)
  }
}

function finishedRun({ id, answer, created_at }: EmulatedMessage): Record<string, unknown> {
  return {
    id, workflow_id: id, status: 'succeeded', outputs: { text: answer }, error: null, elapsed_time: 0, total_tokens: 0,
    total_steps: 1, created_at, finished_at: created_at,
  }
}

import type { InputVariable } from '../dify/parameters.js'
import { invalidParam } from './difyAnswer.js'
import type { EmulatedMessage, ReceivedFile } from './emulatedMessage.js'
import { isRecord, receiveFile, receiveFiles, type FileContext } from './messageFiles.js'

/**
 * The files in a message's inputs. A `file` variable takes one object, a `file-list` an array even for one; each is
 * checked by the variable's own rules, also where the app's attachments are off.
 *
 * @throws DifyRefusal `invalid_param` naming the variable.
 */
export function receiveInputs(
  inputs: EmulatedMessage['inputs'],
  context: Omit<FileContext, 'variable' | 'restrictions'>,
): ReceivedFile[] {
  const files: ReceivedFile[] = []
  for (const variable of variablesOf(context.app.parameters.user_input_form)) {
    const name = variable.variable ?? ''
    const value = inputs[name]
    if (value === undefined || value === null || value === '') {
      if (variable.required === true) throw invalidParam(`${name} is required in input form`)
      continue
    }
    const own = { ...context, variable: name, restrictions: variable }
    if (variable.type === 'file') {
      if (!isRecord(value)) throw invalidParam(`${name} in input form must be a file`)
      files.push(receiveFile(value, own))
    } else if (variable.type === 'file-list') {
      if (!Array.isArray(value) || !value.every(isRecord)) throw invalidParam(`${name} in input form must be a list of files`)
      const limit = variable.max_length ?? 0
      if (limit > 0 && value.length > limit) throw invalidParam(`${name} in input form must be less than ${limit} files`)
      files.push(...receiveFiles(value, { ...own, isStrict: false }))
    }
  }
  return files
}

function variablesOf(form: readonly Record<string, InputVariable | null>[] | null | undefined): InputVariable[] {
  return (form ?? []).flatMap((item) =>
    Object.entries(item).flatMap(([type, variable]) => (variable === null ? [] : [{ ...variable, type }])),
  )
}

import { useState, type FormEvent } from 'react'
import { DifyFileDrop, inputShapeOf, toInput, uploadRulesOf, type AppParameters, type MessageFile, type Uploader } from '../../src/index.js'

export interface ContractFormProps {
  uploader: Uploader
  parameters: AppParameters
  /** Posts them to `{proxyUrl}/workflows/run`. */
  run: (inputs: { contract: MessageFile | MessageFile[] | null }) => Promise<string>
}

export function ContractForm({ uploader, parameters, run }: ContractFormProps) {
  const [answer, setAnswer] = useState('')
  const { required } = uploadRulesOf(parameters, 'contract')

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    await uploader.settled()
    if (uploader.readiness.status !== 'ready') return
    const files = uploader.take()
    const shape = inputShapeOf(parameters, 'contract')
    try {
      // An object for a `file`, an array for a `file-list`: Dify refuses the other.
      setAnswer(await run({ contract: shape === 'file' ? toInput(files, 'file') : toInput(files, 'file-list') }))
    } catch {
      uploader.restore(files)
    }
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <DifyFileDrop uploader={uploader} variable="contract" required={required} />
      <button type="submit">Run</button>
      <output style={{ overflowWrap: 'anywhere' }}>{answer}</output>
    </form>
  )
}

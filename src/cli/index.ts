#!/usr/bin/env node
/// <reference types="node" />
import { runDoctor } from './doctor/runDoctor.js'
import { DOCTOR_HELP, HELP } from './help.js'
import { Misconfigured } from './misconfigured.js'
import { runProxy } from './runProxy.js'
import { VERSION } from '../server/version.js'

/** `npx dify-file-drop …`. Whatever keeps a command from starting is one sentence, and the exit code not 0. */
async function main([command, ...rest]: string[]): Promise<void> {
  const asked = [command, ...rest]
  if (command === undefined || asked.includes('--help') || asked.includes('-h')) {
    console.log(command === 'doctor' ? DOCTOR_HELP : HELP)
    return
  }
  if (command === '--version' || command === '-v') {
    console.log(VERSION)
    return
  }
  if (command === 'doctor') {
    process.exitCode = await runDoctor(rest, process.env, { out: console.log, err: console.error })
    return
  }
  if (command !== 'proxy') throw new Misconfigured(`There is no command "${command}". Try: dify-file-drop --help`)
  if (rest.length > 0) throw new Misconfigured(`"proxy" takes no arguments but --help: it is set up by environment variables. Not understood: ${rest.join(' ')}`)
  await runProxy(process.env)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof Misconfigured)) throw error
  console.error(`dify-file-drop: ${error.message}`)
  process.exitCode = error.exitCode
})

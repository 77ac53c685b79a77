'use client'
import { useMemo } from 'react'
import type { Step } from '../../core/steps.js'
import { useLatest } from './useLatest.js'

/** What a surface may say about what is done to each file before it is sent. */
export interface StepProps {
  /**
   * Refuses files, or tells something about them, before any other step: one {@link Step}, or some in order. At once, or in
   * a promise, while which the file is shown as being prepared; `signal` aborts when it is removed.
   */
  validate?: Step | readonly Step[] | undefined
  /** What is done between the two: `sniff()` of `dify-file-drop/sniff`, say. */
  steps?: readonly Step[] | undefined
  /** Changes files, after all other steps: `prepareImages()` of `dify-file-drop/prepare`, say. */
  prepare?: Step | readonly Step[] | undefined
}

/**
 * The steps as one list: `validate`, then `steps`, then `prepare`. Undefined where none are given, so that those of a host's
 * own engine stay. It stays the same list while as many are given: hosts write them in place, new with each render.
 */
export function useSteps(props: StepProps): readonly Step[] | undefined {
  const latest = useLatest(props)
  const given = stepsOf(props)
  const shape = given?.map((step) => (step.beside === true ? 'beside' : 'before')).join(' ')
  return useMemo(
    () =>
      shape === undefined || shape === ''
        ? shape === undefined ? undefined : []
        : shape.split(' ').map((way, i) => Object.assign<Step, Pick<Step, 'beside'>>((file, context) => stepsOf(latest.current)?.[i]?.(file, context), { beside: way === 'beside' })),
    [shape, latest],
  )
}

export function stepsOf({ validate, steps, prepare }: StepProps): readonly Step[] | undefined {
  if (validate === undefined && steps === undefined && prepare === undefined) return undefined
  return [...listOf(validate), ...listOf(steps), ...listOf(prepare)]
}

function listOf(steps: Step | readonly Step[] | undefined): readonly Step[] {
  return steps === undefined ? [] : typeof steps === 'function' ? [steps] : steps
}

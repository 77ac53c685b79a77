/**
 * Runs named checks one after the other, each with what `around` makes for it.
 *
 * @param {Record<string, (context: any) => Promise<void>>} checks by the sentence that they prove
 * @param {() => unknown} around called before each: gives what the check gets
 */
export async function runChecks(checks, around = () => ({})) {
  const outcome = { passed: 0, excepted: 0, failures: [] }
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(around())
      outcome.passed += 1
    } catch (error) {
      outcome.failures.push(`${name}\n    ${indent(String(error?.message ?? error))}`)
    }
  }
  return outcome
}

export function indent(text) {
  return text.trim().split('\n').slice(0, 30).join('\n    ')
}

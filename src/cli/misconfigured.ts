/** The environment or the arguments do not let a command start. The message is a sentence for whoever set them. */
export class Misconfigured extends Error {
  override readonly name = 'Misconfigured'

  constructor(
    message: string,
    /** What the process ends with. */
    readonly exitCode = 1,
  ) {
    super(message)
  }
}

/**
 * A person at a browser, with the few verbs that the smoke flows need: so that one description of a flow runs in the browsers
 * that Playwright can drive and in WebKit, which answers to WebDriver only.
 */
export interface Visitor {
  /** `Firefox 153.7`, for the table of what was run where. */
  readonly browser: string
  /** @param path below the demo's address */
  open: (path: string) => Promise<void>
  /** Runs a function in the page and returns what it returns, as JSON. It sees its argument and the page, nothing around it. */
  run: <Result, Argument = undefined>(inPage: (argument: Argument) => Result | Promise<Result>, argument?: Argument) => Promise<Result>
  /** Puts files from disk into an `<input type="file">`, by the browser's own way: they are real ones. */
  choose: (input: string, paths: readonly string[]) => Promise<void>
  /** Presses the mouse button over the first match. */
  click: (selector: string) => Promise<void>
  /** Presses keys, one after another: `Tab`, `Shift+Tab`, `Enter`, or a character. */
  press: (...keys: readonly string[]) => Promise<void>
}

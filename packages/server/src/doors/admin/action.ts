import type { Call, Vault } from '@claviger/vault'
import type { Static, TObject } from 'typebox'
import { parseInput } from './parse-input.ts'

/**
 * One row of the admin door: what it takes, which operation it asks, what it shows of the output.
 */
export interface AdminAction {
  /**
   * Checks the body and asks the operation.
   * @param call who asks; only found out when the body is right.
   * @throws Fault as the operation, and InvalidInput for a body of another shape.
   */
  answer(vault: Vault, call: () => Promise<Call>, body: unknown): Promise<unknown>
}

/**
 * Makes a row.
 * @param render gives what goes out as JSON; without it the output goes out as it is. A `Secret` in
 *   an output does not serialise, so only a row that reveals it on purpose can let it out.
 */
export function action<Schema extends TObject, Output>(
  schema: Schema,
  run: (vault: Vault, call: Call, input: Static<Schema>) => Promise<Output>,
  render: (output: Output) => unknown = (output) => output,
): AdminAction {
  return {
    async answer(vault, call, body) {
      const input = parseInput(schema, body)
      return render(await run(vault, await call(), input))
    },
  }
}

import assert from 'node:assert/strict'
import type { SuiteRun } from '../runner/suite-run.ts'
import { programOf } from '../runtimes/bundle.ts'
import { otherRuntimes } from '../runtimes/other-runtimes.ts'
import type { TestServer } from '../server/test-server.ts'
import { withoutBeside } from './normalised.ts'

const PROGRAM = new URL('portable.ts', import.meta.url)

/** Results of the behaviours in Node, by what they are about, as another program has seen them. */
export type Expected = Readonly<Record<string, unknown>>

/** Our clients on what is not Node: the same behaviours, seen as the official clients see them. */
export async function checkElsewhere(
  run: SuiteRun,
  server: TestServer,
  expected: Expected,
): Promise<void> {
  const { AZURE_KEYVAULT_URL: url = '' } = server.variables('connect.env')
  const token = await server.token()
  // One after the other: the contacts are those of the whole vault.
  for (const runtime of otherRuntimes(run, server)) {
    const { name, found } = runtime
    if ('missing' in found) {
      run.notRun(`the clients in ${name}`, found.missing)
      continue
    }
    const given = { url, token, prefix: `in${name.toLowerCase()}` }
    const seen = await run.step(`in ${name}: every behaviour`, async () => {
      const outcomes = await runtime.run(found.path, programOf(PROGRAM, given))
      // As the expectation came: in a list, what is undefined is null.
      const told = JSON.parse(JSON.stringify(outcomes)) as Expected
      assert.deepEqual(Object.keys(expected).filter((what) => !(what in told)), [])
      return told
    })
    for (const [what, actual] of Object.entries(seen ?? {})) {
      await run.step(`in ${name}: ${what}`, () => {
        if (what in expected) {
          assert.deepEqual(withoutBeside(actual, expected[what]), expected[what])
        } else assert.equal(actual, true)
      })
    }
  }
}

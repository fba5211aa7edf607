import { readFileSync } from 'node:fs'
import { REPOSITORY } from '../machine/repository.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { runClient } from '../server/run-client.ts'
import type { TestServer } from '../server/test-server.ts'

/** The one program of README's first screen: what stands between `<<'END'` and `END`. */
export function programOf(readme: string): string {
  const [, program] = /node --input-type=module <<'END'\n(.*?)END\n/s.exec(readme) ?? []
  if (program === undefined) throw new Error('README has no program')
  return program
}

/** Runs what README's first screen tells a newcomer to type, in each language it is written in. */
export async function runReadme(run: SuiteRun, server: TestServer): Promise<void> {
  const [english, chinese] = ['README.md', 'README.zh-CN.md'].map((name) =>
    programOf(readFileSync(`${REPOSITORY}${name}`, 'utf8')))
  await run.step('the program of README is the same in both languages', () => {
    if (english !== chinese) throw new Error('README.md and README.zh-CN.md have other programs')
  })
  await run.step('the program of README stores a secret and signs', async () => {
    const command = [run.machine.runtime, '--input-type=module', '--eval', english ?? '']
    const result = await runClient(run, command, {
      sourced: [server.file('connect.env')],
      directory: REPOSITORY,
    })
    const [secret, signature = ''] = result.output.split('\n')
    const isSigned = Buffer.from(signature, 'base64url').byteLength === 64
    if (result.code === 0 && secret === 'correct horse battery staple' && isSigned) return
    throw new Error(`It ended with ${result.code}:\n${result.output}${result.errors}`)
  })
}

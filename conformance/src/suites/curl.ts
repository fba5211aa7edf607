import { cleanEnvironment } from '../machine/clean-environment.ts'
import { runProgram } from '../machine/run-program.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { caFile } from '../server/start-server.ts'
import type { TestServer } from '../server/test-server.ts'

export interface CurlAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends one request with curl, which trusts the server's own authority and nothing else. */
export async function curl(
  run: SuiteRun,
  server: TestServer,
  url: string,
  args: readonly string[],
): Promise<CurlAnswer> {
  const { curl: program } = run.machine
  if ('missing' in program) throw new Error(program.missing)
  const fixed = ['-q', '-sS', '-i', '--path-as-is', '--globoff', '--cacert', caFile(server.place)]
  const result = await runProgram(program.path, [...fixed, ...args, url], {
    cwd: run.folder,
    env: cleanEnvironment(run.folder),
    limitSeconds: 20,
  })
  if (result.code !== 0) throw new Error(`curl ended with ${result.code}: ${result.errors}`)
  return parsed(result.output)
}

/** @throws Error with the body when the status is another one. */
export function expectStatus(answer: CurlAnswer, status: number): CurlAnswer {
  if (answer.status === status) return answer
  throw new Error(`The answer is ${answer.status}, not ${status}: ${answer.body.slice(0, 400)}`)
}

function parsed(text: string): CurlAnswer {
  const end = text.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: text.slice(end + 4),
  }
}

import { readFileSync } from 'node:fs'
import { connect, type TLSSocket } from 'node:tls'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SuiteRun } from '../runner/suite-run.ts'
import { caFile, type ServerPlace, vaultHost } from '../server/start-server.ts'
import type { TestServer } from '../server/test-server.ts'
import type { Ledgers } from './ledgers.ts'

const HALF_SENT = 20
const CONNECTIONS = 24
/** Whoever has begun is served to the end. */
const ANSWERED_WITHIN_MS = 15_000

/**
 * Ends the server as an operator does, with a load on it and with requests that have been sent by
 * half: those are certainly in flight, and each must get its answer.
 */
export async function stopUnderLoad(
  run: SuiteRun,
  server: TestServer,
  token: string,
  ledgers: Ledgers,
): Promise<void> {
  const client = server.client(CONNECTIONS)
  const load = ledgers.startLoad(client, token, server, ANSWERED_WITHIN_MS)
  const requests = await Promise.all(
    Array.from({ length: HALF_SENT }, (_, index) => sendHalf(server, token, `half-sent-${index}`)),
  )
  await sleep(300)
  const stopped = server.stop()
  await sleep(100)
  const answers = await Promise.all(requests.map((request) => request.finish()))
  await load.stop()
  client.close()
  await run.step('SIGTERM lets the load end and the server exits with 0', () => stopped)
  await run.step(`${HALF_SENT} requests in flight at SIGTERM are answered`, () => {
    const lost = answers.filter((answer) => !answer.startsWith('HTTP/1.1 200'))
    if (lost.length > 0) {
      throw new Error(`${lost.length} are not; one got "${(lost[0] ?? '').slice(0, 60)}"`)
    }
  })
  await server.startAgain()
  await run.step('what was answered after SIGTERM is there after the restart', async () => {
    const again = server.client(CONNECTIONS)
    for (let index = 0; index < HALF_SENT; index += 1) {
      const path = `/secrets/half-sent-${index}?api-version=7.4`
      const { status, body } = await again.send('GET', path, { token })
      if (status !== 200 || !body.includes(server.canary)) throw new Error(`${path}: ${status}`)
    }
    again.close()
  })
}

interface HalfRequest {
  /** Sends the rest and gives everything the server said. */
  finish(): Promise<string>
}

async function sendHalf(server: TestServer, token: string, name: string): Promise<HalfRequest> {
  const socket = await connected(server.place)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => {})
  const body = JSON.stringify({ value: server.canary })
  const half = Math.floor(body.length / 2)
  const head = [
    `PUT /secrets/${name}?api-version=7.4 HTTP/1.1`,
    `Host: ${vaultHost(server.place)}:${server.place.port}`,
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, half)}`)
  return {
    async finish() {
      // Not `end`: no client closes its half before the answer, and TLS servers take it as the end.
      socket.write(body.slice(half))
      await ended
      return Buffer.concat(chunks).toString('utf8')
    },
  }
}

function connected(place: ServerPlace): Promise<TLSSocket> {
  const ca = readFileSync(caFile(place))
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: place.port, servername: vaultHost(place), ca }
    const socket = connect(options, () => resolve(socket))
    socket.once('error', reject)
  })
}

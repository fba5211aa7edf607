import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { connect } from 'node:tls'
import { createAuthority, issueServerCertificate } from '../tls/certificate-authority.ts'
import { privateKeyPem } from '../tls/private-key-pem.ts'
import { allGone, isAlive, type ServerUnderTest, serverUnderTest } from './server-under-test.ts'

const readyLine = 'The server is ready.'
const workerLine = 'A worker is ready.'

async function running(server: ServerUnderTest) {
  const [ready] = (await server.lines(readyLine)).slice(-1)
  assert.ok(ready !== undefined)
  const workers = (await server.lines(workerLine, 2)).map(({ workerPid }) => workerPid)
  return { port: ready.port, metricsPort: ready.metricsPort, primary: ready.pid, workers }
}

test('SIGTERM finishes the request in flight, then all processes end with 0', async (context) => {
  const server = serverUnderTest(context)
  const { port, primary, workers } = await running(server)
  const ca = readFileSync(join(server.folder, 'claviger-data', 'ca.pem'))
  const socket = connect({ port, ca, host: '127.0.0.1', servername: 'localhost' })
  let received = ''
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString()
  })
  const head = 'PUT /health/live HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n'
  socket.write(`${head}Content-Length: 4\r\n\r\n`)
  // The interim answer says that the request has reached a worker.
  while (!received.includes('100 Continue')) await once(socket, 'data')
  server.supervisor.kill('SIGTERM')
  await server.lines('A worker drains.', 2)
  socket.write('body')
  await once(socket, 'close')
  assert.match(received, /HTTP\/1\.1 405 Method Not Allowed[^]*connection: close/i)
  assert.equal(await server.exited, 0)
  await allGone([primary, ...workers])
})

test('a signal to the whole group, as from a terminal, stops the server once', async (context) => {
  const server = serverUnderTest(context)
  const { primary, workers } = await running(server)
  assert.ok(server.supervisor.pid !== undefined)
  process.kill(-server.supervisor.pid, 'SIGINT')
  process.kill(-server.supervisor.pid, 'SIGINT')
  assert.equal(await server.exited, 0)
  await allGone([primary, ...workers])
  assert.equal((await server.lines('The server stops.')).length, 1)
  assert.ok(!server.stderr().includes('unexpectedly'))
})

test('a worker that is killed is replaced, and served for meanwhile', async (context) => {
  const server = serverUnderTest(context)
  const { port, workers } = await running(server)
  assert.ok(workers[0] !== undefined)
  process.kill(workers[0], 'SIGKILL')
  await allGone([workers[0]])
  assert.equal(await server.status('/health/live', port), 200)
  const all = await server.lines(workerLine, 3)
  assert.ok(!workers.includes(all[2]?.workerPid ?? 0))
  assert.equal(await server.status('/health/ready', port), 200)
})

test('a primary that is killed takes its workers along, and all of it starts again', async (context) => {
  const server = serverUnderTest(context)
  const { primary, workers } = await running(server)
  process.kill(primary, 'SIGKILL')
  await allGone(workers)
  const [, again] = await server.lines(readyLine, 2)
  assert.ok(again !== undefined && again.pid !== primary)
  assert.equal(await server.status('/health/live', again.port), 200)
  server.supervisor.kill('SIGTERM')
  assert.equal(await server.exited, 0)
})

test('when the supervisor is killed, primary and workers stop by themselves', async (context) => {
  const server = serverUnderTest(context)
  const { primary, workers } = await running(server)
  server.supervisor.kill('SIGKILL')
  await allGone([primary, ...workers])
  assert.match(server.stderr(), /the supervisor is gone/)
})

test('a server that is stopped while it starts ends with 0', async (context) => {
  const server = serverUnderTest(context)
  await once(server.supervisor, 'spawn')
  await new Promise((resolve) => setTimeout(resolve, 400))
  server.supervisor.kill('SIGTERM')
  const code = await server.exited
  // Before the first line of main.ts has run, the signal simply ends the process.
  assert.ok(code === 0 || code === null, `exit code ${code}\n${server.stderr()}`)
})

test('a store that went away is not made anew by a restart, and is served when back', async (context) => {
  const server = serverUnderTest(context)
  const { primary } = await running(server)
  const data = join(server.folder, 'claviger-data')
  renameSync(data, `${data}.away`)
  process.kill(primary, 'SIGKILL')
  await server.lines('The primary process ended unexpectedly; it is started again.', 2)
  assert.match(server.stderr(), /claviger: The store that was served from [^]* is gone\./)
  assert.ok(!existsSync(data))
  renameSync(`${data}.away`, data)
  await server.lines(readyLine, 2)
  server.supervisor.kill('SIGTERM')
  assert.equal(await server.exited, 0)
})

test('a server whose standard output nobody reads any more goes on', async (context) => {
  const server = serverUnderTest(context)
  server.supervisor.stdout?.destroy()
  const { port } = await running(server)
  assert.equal(await server.status('/health/live', port), 200)
  server.supervisor.kill('SIGTERM')
  assert.equal(await server.exited, 0)
  assert.ok(!server.stderr().includes('unexpectedly'))
})

test('wrong settings are all named, and nothing is started again', async (context) => {
  const server = serverUnderTest(context, { CLAVIGER_PORT: 'x', CLAVIGER_HOST: 'y' })
  assert.equal(await server.exited, 78)
  assert.match(server.stderr(), /CLAVIGER_HOST must be[^]*CLAVIGER_PORT must be/)
  assert.ok(!server.stderr().includes('again'))
})

test('a port in use is named with what to change', async (context) => {
  const taken = createServer().listen(0, '127.0.0.1')
  context.after(() => taken.close())
  await once(taken, 'listening')
  const address = taken.address()
  assert.ok(typeof address === 'object' && address !== null)
  const port = String(address.port)
  const variables = ['PORT', 'IDENTITY_PORT', 'METRICS_PORT', 'PKI_PORT']
  for (const variable of variables.map((name) => `CLAVIGER_${name}`)) {
    const server = serverUnderTest(context, { [variable]: port })
    assert.equal(await server.exited, 1)
    const sentence =
      `claviger: Another program already listens on 127.0.0.1:${port}; stop it, or set ` +
      `${variable} to another port. To see which it is, type: ss -ltnp 'sport = :${port}'`
    assert.ok(server.stderr().includes(sentence))
  }
})

test('an operator’s certificate is served, and one with another key is refused', async (context) => {
  const authority = await createAuthority(Date.now())
  const [one, other] = [
    await issueServerCertificate(authority, ['localhost'], Date.now()),
    await issueServerCertificate(authority, ['localhost'], Date.now()),
  ]
  const settings = { CLAVIGER_TLS_CERT_FILE: 'cert.pem', CLAVIGER_TLS_KEY_FILE: 'key.pem' }
  const good = serverUnderTest(context, settings)
  const bad = serverUnderTest(context, settings)
  for (const { folder } of [good, bad]) writeFileSync(join(folder, 'cert.pem'), one.certificatePem)
  writeFileSync(join(good.folder, 'key.pem'), privateKeyPem(one.privateKeyPkcs8))
  writeFileSync(join(bad.folder, 'key.pem'), privateKeyPem(other.privateKeyPkcs8))
  assert.equal(await bad.exited, 78)
  assert.match(bad.stderr(), /does not belong to the certificate/)
  const { port } = await running(good)
  const ca = authority.certificatePem
  const socket = connect({ port, ca, host: '127.0.0.1', servername: 'localhost' })
  await once(socket, 'secureConnect')
  assert.equal(socket.authorized, true)
  socket.destroy()
})

test('the metrics of all workers are one', async (context) => {
  const server = serverUnderTest(context)
  const { port, metricsPort } = await running(server)
  for (let asked = 0; asked < 6; asked += 1) await server.status('/health/live', port)
  const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
  const text = await response.text()
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
  assert.match(text, /claviger_http_requests_total\{door="health",method="GET",status="2xx"\} 6\n/)
  assert.match(text, /claviger_workers 2\n/)
  assert.equal((await fetch(`http://127.0.0.1:${metricsPort}/other`)).status, 404)
  const workers = (await server.lines(workerLine, 2)).map(({ workerPid }) => workerPid)
  assert.ok(workers.every(isAlive))
})

test('the PKI port answers every host in plain HTTP, or is off', async (context) => {
  const server = serverUnderTest(context)
  const [ready] = await server.lines(readyLine)
  assert.ok(ready?.pkiPort !== undefined && ready.pkiPort > 0)
  const url = `http://127.0.0.1:${ready.pkiPort}`
  const challenge = await fetch(`${url}/.well-known/acme-challenge/unknown`)
  assert.deepEqual(
    [challenge.status, await challenge.text()],
    [404, 'No challenge under way has this token.\n'],
  )
  const list = await fetch(`${url}/pki/default/${'0'.repeat(40)}/crl`)
  assert.deepEqual([list.status, await list.text()], [404, 'There is no such authority here.\n'])
  assert.equal((await fetch(`${url}/secrets`)).status, 404)
  const without = serverUnderTest(context, { CLAVIGER_PKI_PORT: 'off' })
  assert.equal((await without.lines(readyLine))[0]?.pkiPort, undefined)
})

test('what another program has written is not served, and is named before a start', async (context) => {
  const server = serverUnderTest(context)
  const { primary } = await running(server)
  const data = join(server.folder, 'claviger-data')
  // It waits for the heartbeat, which writes too.
  const database = new DatabaseSync(join(data, 'claviger.sqlite'), { timeout: 10_000 })
  const query = `SELECT key FROM body WHERE key LIKE '%/role-assignment-id/%'`
  const key = String(database.prepare(query).get()?.['key'])
  database.exec('BEGIN IMMEDIATE')
  for (const table of ['body', 'witness']) {
    database.prepare(`UPDATE ${table} SET version = version - 3 WHERE key = ?`).run(key)
  }
  database.exec('COMMIT')
  database.close()
  await allGone([primary])
  assert.equal(await server.exited, 78)
  assert.match(server.stderr(), /Another program has written to the database/)
  assert.ok(server.stderr().includes(`record ${key}: an older state of it was put back; its last 3`))
  const code = /CLAVIGER_ACCEPT_STORE=([0-9a-f]{16})$/m.exec(server.stderr())?.[1] ?? ''

  const settings = { CLAVIGER_DATA_DIR: data, CLAVIGER_ACCEPT_STORE: code }
  const again = serverUnderTest(context, settings)
  await running(again)
  again.supervisor.kill('SIGTERM')
  assert.equal(await again.exited, 0)
  const after = new DatabaseSync(join(data, 'claviger.sqlite'), { readOnly: true })
  const accepted = after.prepare(`SELECT entry FROM audit WHERE entry LIKE '%StoreAccept%'`).get()
  after.close()
  assert.ok(String(accepted?.['entry']).includes(`${key}: an older state of it was put back`))
})

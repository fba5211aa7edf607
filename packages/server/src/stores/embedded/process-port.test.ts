import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { recordKeyOf } from '@claviger/vault'
import { processPort } from './process-port.ts'
import { embeddedFixture } from './testing/embedded-fixture.ts'
import { serveWriter } from './writer-channel.ts'

const PROGRAM = fileURLToPath(new URL('./testing/remote-process.ts', import.meta.url))

test('a worker process commits through the primary, bytes and all', async () => {
  const embedded = await embeddedFixture()
  const execArgv = ['--conditions=claviger-source']
  const child = fork(PROGRAM, [], { serialization: 'advanced', execArgv })
  try {
    serveWriter(processPort(child), embedded.writer)
    const report = await new Promise((resolve) => {
      child.on('message', (message: object) => {
        if ('outcomes' in message) resolve(message)
      })
    })
    assert.deepEqual(report, { outcomes: ['fulfilled', 'rejected'] })
    const [one, two] = await embedded.store.read([recordKeyOf('t', 'one'), recordKeyOf('t', 'two')])
    assert.deepEqual(one?.body, new Uint8Array([0, 255, 7]))
    assert.equal(two, undefined)
    const exited = once(child, 'exit')
    child.disconnect()
    assert.deepEqual(await exited, [0, null])
  } finally {
    child.kill()
    await embedded.close()
  }
})

test('sending to a worker that is gone is no error, and is noticed', async () => {
  const child = fork('-', [], { execArgv: ['-e', ''], serialization: 'advanced' })
  const port = processPort(child)
  const closed = new Promise<void>((resolve) => port.onClose(resolve))
  await once(child, 'exit')
  port.send({ store: 'outcomes' })
  await closed
  port.send({ store: 'outcomes' })
})

import assert from 'node:assert/strict'
import { Duplex } from 'node:stream'
import { test } from 'node:test'
import { refuseConnect } from './client-error.ts'

/** A connection whose client is gone: whatever is written fails. */
function deadConnection(): Duplex {
  return new Duplex({
    read: () => undefined,
    write: (_chunk, _encoding, done) => done(new Error('write ECONNRESET')),
  })
}

/** Not `events.once`, which would listen for the error that nobody else may leave unheard. */
function closed(connection: Duplex): Promise<void> {
  return new Promise((resolve) => connection.on('close', resolve))
}

test('a client that is gone before it is refused CONNECT does no harm', async () => {
  const connection = deadConnection()
  refuseConnect(connection, true)
  await closed(connection)
  assert.equal(connection.destroyed, true)
})

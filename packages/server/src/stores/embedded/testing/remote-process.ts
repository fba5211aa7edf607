// A worker process for the tests: commits over its IPC channel and tells the parent how it went.
import { recordKeyOf } from '@claviger/vault'
import { changeOf } from '@claviger/vault/testing'
import { processPort } from '../process-port.ts'
import { RemoteWriter } from '../remote-writer.ts'

const remote = new RemoteWriter(processPort(process))
const commit = (name: string, version: number | 'absent'): Promise<void> =>
  remote.commit(changeOf({ put: [[recordKeyOf('t', name), version, Buffer.from([0, 255, 7])]] }))

const outcomes = await Promise.allSettled([commit('one', 'absent'), commit('two', 5)])
process.send?.({ outcomes: outcomes.map((outcome) => outcome.status) })
process.once('message', () => {}) // the parent decides when the channel closes
await new Promise<void>((resolve) => process.once('disconnect', () => resolve()))
const late = await Promise.allSettled([commit('three', 'absent')])
process.exit(late[0]?.status === 'rejected' ? 0 : 1)

// Overwrites two records together without end; the test that reads beside it kills it.
import { recordKeyOf } from '@claviger/vault'
import { changeOf } from '@claviger/vault/testing'
import { openIn } from './embedded-fixture.ts'

const { store } = openIn(process.argv[2] ?? '')
const one = recordKeyOf('t', 'one')
const two = recordKeyOf('t', 'two')

for (let n = 0; ; n++) {
  const before = n === 0 ? 'absent' : n
  await store.commit(changeOf({ put: [[one, before, `${n}`], [two, before, `${n}`]] }))
  if (n === 0) process.stdout.write('started\n')
}

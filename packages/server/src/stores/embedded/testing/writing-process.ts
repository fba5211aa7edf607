// Commits without end to the store of the folder it is given, and prints the number of each change
// once it is acknowledged; the tests kill it. Each change writes two records and one audit entry.
import { writeSync } from 'node:fs'
import { recordKeyOf } from '@claviger/vault'
import { changeOf } from '@claviger/vault/testing'
import { openIn } from './embedded-fixture.ts'

const WRITERS = 8

const { store, writer } = openIn(process.argv[2] ?? '')
// As the server does before its first entry: from then on the copy of the head must be there.
await writer.copyHead()
let next = Number(process.argv[3])

async function write(): Promise<never> {
  for (;;) {
    const n = next++
    const left = recordKeyOf('t', 'left', `n${n}`)
    const right = recordKeyOf('t', 'right', `n${n}`)
    await store.commit(changeOf({
      put: [[left, 'absent', `left ${n}`], [right, 'absent', `right ${n}`]],
      audit: [`{"n":${n}}`],
    }))
    writeSync(1, `${n}\n`)
  }
}

await Promise.all(Array.from({ length: WRITERS }, write))

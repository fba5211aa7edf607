import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { speaking } from './language/messages.ts'
import { Progress } from './progress.ts'

const AWAY = '\r\u001b[K'

/** A terminal whose seconds pass when the test says so, and what was written there. */
function terminal(
  test: TestContext,
  errIsTerminal = true,
): { readonly progress: Progress; readonly written: string[]; readonly pass: (seconds: number) => void } {
  test.mock.timers.enable({ apis: ['setInterval'] })
  const written: string[] = []
  const err = (text: string): void => void written.push(text)
  return {
    progress: new Progress({ errIsTerminal, err }, speaking('en')),
    written,
    pass: (seconds) => test.mock.timers.tick(seconds * 1000),
  }
}

describe('the progress of a command', () => {
  it('is said after a second, counts on, and is gone in the end', async (test) => {
    const { progress, written, pass } = terminal(test)
    const result = await progress.during(async () => {
      pass(0.999)
      assert.deepEqual(written, [])
      pass(1.001)
      return 'done'
    })
    assert.equal(result, 'done')
    assert.deepEqual(written, ['\rWorking … 1 s', '\rWorking … 2 s', AWAY])
    pass(5)
    assert.equal(written.length, 3)
  })

  it('is gone when the work fails', async (test) => {
    const { progress, written, pass } = terminal(test)
    const failing = progress.during(async () => {
      pass(1)
      throw new Error('none')
    })
    await assert.rejects(failing, /none/)
    assert.equal(written.at(-1), AWAY)
  })

  it('writes nothing for short work, nor where there is no terminal', async (test) => {
    const { progress, written, pass } = terminal(test)
    await progress.during(async () => pass(0.9))
    const other = new Progress({ errIsTerminal: false, err: (text) => written.push(text) }, speaking('en'))
    await other.during(async () => pass(10))
    assert.deepEqual(written, [])
  })

  it('leaves the terminal alone while standard input comes', async (test) => {
    const { progress, written, pass } = terminal(test)
    async function* slow(): AsyncGenerator<string> {
      pass(3)
      yield 'password'
      pass(3)
    }
    await progress.during(async () => {
      pass(1)
      const read: unknown[] = []
      for await (const part of progress.quietly(slow())) read.push(part)
      assert.deepEqual(read, ['password'])
      assert.deepEqual(written.splice(0), ['\rWorking … 1 s', AWAY])
      pass(1)
    })
    assert.deepEqual(written, ['\rWorking … 1 s', AWAY])
  })
})

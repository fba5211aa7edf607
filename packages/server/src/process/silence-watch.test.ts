import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { SilenceWatch } from './silence-watch.ts'

test('silence is told once, and a word now and then is none', () => {
  mock.timers.enable({ apis: ['setInterval'] })
  try {
    let silent = 0
    const watch = new SilenceWatch(3, () => {
      silent += 1
    })
    for (let second = 0; second < 20; second += 1) {
      mock.timers.tick(1000)
      if (second % 3 === 0) watch.heard()
    }
    assert.equal(silent, 0)
    mock.timers.tick(60_000)
    assert.equal(silent, 1)
  } finally {
    mock.timers.reset()
  }
})

test('a watch that was stopped tells nothing', () => {
  mock.timers.enable({ apis: ['setInterval'] })
  try {
    const watch = new SilenceWatch(1, () => assert.fail('it was stopped'))
    watch.stop()
    mock.timers.tick(60_000)
  } finally {
    mock.timers.reset()
  }
})

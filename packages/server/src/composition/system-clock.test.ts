import assert from 'node:assert/strict'
import { it } from 'node:test'
import { SystemClock } from './system-clock.ts'

function clock(notBefore?: number) {
  const machine = { wall: 1_000_000, steady: 0 }
  const steadyClock = new SystemClock(notBefore, () => machine.wall, () => machine.steady)
  const pass = (milliseconds: number): void => {
    machine.wall += milliseconds
    machine.steady += milliseconds
  }
  return { machine, steadyClock, pass }
}

it('follows the machine’s clock', () => {
  const { steadyClock, pass } = clock()
  pass(5000)
  assert.equal(steadyClock.now(), 1_005_000)
})

it('follows it when it is set forward', () => {
  const { machine, steadyClock } = clock()
  machine.wall += 86_400_000
  assert.equal(steadyClock.now(), 87_400_000)
})

it('goes on at half pace when it is set back by a year', () => {
  const { machine, steadyClock, pass } = clock()
  assert.equal(steadyClock.now(), 1_000_000)
  machine.wall -= 31_536_000_000
  for (let at = 0; at < 60_000; at++) {
    pass(1)
    steadyClock.now()
  }
  assert.equal(steadyClock.now(), 1_030_000)
})

it('is the machine’s clock again once that has caught up, and never ran backwards', () => {
  const { machine, steadyClock, pass } = clock()
  machine.wall -= 3_600_000
  let last = steadyClock.now()
  for (let minute = 0; minute < 121; minute++) {
    pass(60_000)
    const now = steadyClock.now()
    assert.ok(now > last)
    last = now
  }
  assert.equal(last, machine.wall)
})

it('never gives an earlier time than before, however often it is asked', () => {
  const { machine, steadyClock } = clock()
  let last = 0
  for (let at = 0; at < 1000; at++) {
    machine.wall += at % 3 === 0 ? -500 : 7
    machine.steady += 0.3
    const now = steadyClock.now()
    assert.ok(now >= last)
    last = now
  }
  assert.ok(last < 1_010_000)
})

it('begins no earlier than what another process has shown', () => {
  const { steadyClock, pass } = clock(1_060_000)
  assert.equal(steadyClock.now(), 1_060_000)
  pass(10)
  assert.equal(steadyClock.now(), 1_060_005)
  assert.equal(clock(940_000).steadyClock.now(), 1_000_000)
})

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setInterval } from 'node:timers/promises'
import { isAlive } from '../process/server-under-test.ts'
import { AcmeFailure } from './acme-failure.ts'
import { DnsHook } from './dns-hook.ts'

const CHALLENGE = { name: 'example.com', token: 'token', proof: 'digest' }
/** Half a minute of them, which no machine is so slow as to need. */
const MANY_TRIES = 6000
const NEVER = new AbortController().signal

/** A shell script in a folder of its own, which it knows as its first variable. */
function script(context: TestContext, text: string): { readonly path: string; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-hook-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'hook')
  writeFileSync(path, `#!/bin/sh\nfolder=${folder}\n${text}\n`, { mode: 0o700 })
  return { path, folder }
}

function failure(sentence: RegExp, mayPass: boolean): (thrown: unknown) => boolean {
  return (thrown) => {
    assert.ok(thrown instanceof AcmeFailure)
    assert.match(thrown.message, sentence)
    assert.equal(thrown.mayPass, mayPass)
    return true
  }
}

test('the hook is given word, name and value, and nothing of our environment but a path', async (context) => {
  const { path, folder } = script(context, 'echo "$@" >> $folder/args; env > $folder/env')
  const hook = new DnsHook(path)
  await hook.present(CHALLENGE, NEVER)
  await hook.cleanUp(CHALLENGE, NEVER)
  assert.equal(
    readFileSync(join(folder, 'args'), 'utf8'),
    'present _acme-challenge.example.com digest\ncleanup _acme-challenge.example.com digest\n',
  )
  const variables = readFileSync(join(folder, 'env'), 'utf8').split('\n').map((line) => line.split('=')[0])
  // The last three are the shell's own.
  assert.deepEqual(
    variables.filter((name) => !['', 'PWD', '_', 'SHLVL', 'OLDPWD'].includes(name ?? '')),
    ['PATH'],
  )
})

test('what the hook is given is never read by a shell', async (context) => {
  const { path, folder } = script(context, 'echo "$2" > $folder/name')
  const name = 'a;touch x.example $(id)'
  await new DnsHook(path).present({ ...CHALLENGE, name }, NEVER)
  assert.equal(readFileSync(join(folder, 'name'), 'utf8'), `_acme-challenge.${name}\n`)
})

test('another code than 0 is told, and may pass; a program that is not there does not', async (context) => {
  const { path } = script(context, 'exit 3')
  await assert.rejects(
    new DnsHook(path).present(CHALLENGE, NEVER),
    failure(/ended with code 3 \(present of the TXT record _acme-challenge\.example\.com\)/, true),
  )
  await assert.rejects(
    new DnsHook(`${path}-missing`).present(CHALLENGE, NEVER),
    failure(/could not be started: ENOENT/, false),
  )
})

test('a hook that takes too long is ended, with what it has started', async (context) => {
  const { path, folder } = script(context, 'sleep 600 & echo $! > $folder/pid; wait')
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const ended = assert.rejects(
    new DnsHook(path).present(CHALLENGE, NEVER),
    failure(/did not end within 120 s/, true),
  )
  const started = (): string => {
    const file = join(folder, 'pid')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }
  await until(() => started().endsWith('\n'))
  const pid = Number(started())
  context.mock.timers.tick(119_999)
  assert.ok(isRunning(pid))
  context.mock.timers.tick(1)
  await ended
  await until(() => !isRunning(pid))
})

test('a hook is ended when everything is given up', async (context) => {
  const { path } = script(context, 'sleep 600')
  const stopping = new AbortController()
  const presenting = new DnsHook(path).present(CHALLENGE, stopping.signal)
  stopping.abort(new Error('the server stops'))
  await assert.rejects(presenting, /the server stops/)
  await assert.rejects(new DnsHook(path).cleanUp(CHALLENGE, stopping.signal), /the server stops/)
})

/** Waits by a timer that is not the moved one. */
async function until(isSo: () => boolean): Promise<void> {
  let tries = 0
  for await (const _ of setInterval(5)) {
    if (isSo()) return
    tries++
    assert.ok(tries < MANY_TRIES)
  }
}

/** One that has ended and was not waited for, as below a container's first process, does not run. */
function isRunning(pid: number): boolean {
  if (!isAlive(pid)) return false
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

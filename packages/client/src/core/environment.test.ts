import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { builtinModule, isBrowser } from './environment.ts'

const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator')

function callItself(userAgent: string): void {
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent }, configurable: true })
}

afterEach(() => {
  if (own === undefined) Reflect.deleteProperty(globalThis, 'navigator')
  else Object.defineProperty(globalThis, 'navigator', own)
})

describe('a runtime', () => {
  it('has modules of Node when it is Node, also before it had a name', () => {
    assert.ok(builtinModule('node:https'))
    Object.defineProperty(globalThis, 'navigator', { value: undefined, configurable: true })
    assert.ok(builtinModule('node:https'))
    assert.equal(isBrowser(), false)
  })

  it('has none that only looks like Node, as an edge worker does', () => {
    callItself('Cloudflare-Workers')
    assert.equal(builtinModule('node:https'), undefined)
    assert.equal(isBrowser(), false)
  })

  it('is a browser when it calls itself one', () => {
    callItself('Mozilla/5.0 (X11; Linux x86_64)')
    assert.equal(isBrowser(), true)
  })
})

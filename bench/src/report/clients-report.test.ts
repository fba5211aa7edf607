import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { installedBytes, ourInstalledBytes } from '../clients/installed-bytes.ts'
import { clientsReport } from './clients-report.ts'

describe('the report about clients', () => {
  it('has the medians of both, and how they stand to each other', () => {
    const slice = { row: 'get', milliseconds: 1000, processorMicroseconds: 200_000 }
    const text = clientsReport({
      slices: [
        { ...slice, side: 'official', calls: 1000 },
        { ...slice, side: 'ours', calls: 2000 },
        { ...slice, side: 'ours', calls: 2000 },
      ],
      importMs: { official: [300, 100, 200], ours: [20, 10, 30] },
      installed: {
        official: { packages: 40, bytes: 30e6 },
        ours: { packages: 1, bytes: 3e5 },
      },
    })
    assert.match(text, /\| get: calls a second\s+\|\s+1000 \|\s+2000 \|\s+2\.00 \|/)
    assert.match(text, /\| get: µs of CPU a call\s+\|\s+200 \|\s+100 \|\s+0\.50 \|/)
    assert.match(text, /\| ms to import\s+\|\s+200\.0 \|\s+20\.0 \|\s+0\.10 \|/)
    assert.match(text, /\| MB installed\s+\|\s+30\.00 \|\s+0\.30 \|\s+0\.01 \|/)
  })
})

describe('what is installed', () => {
  it('is a package with all that it needs', () => {
    const one = installedBytes(['@azure/logger'])
    const more = installedBytes(['@azure/keyvault-secrets'])
    assert.ok(one.bytes > 1000)
    assert.ok(more.packages > 5 && more.bytes > one.bytes)
    assert.deepEqual(installedBytes([]), { packages: 0, bytes: 0 })
    assert.ok(ourInstalledBytes().packages >= 1)
  })
})

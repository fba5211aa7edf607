import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { command } from '../machine/command.ts'
import { programPath } from '../machine/strip-programs.ts'
import { OpensslPki } from '../pki/openssl-pki.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from '../server/admin.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { checkOwnRoot } from './pki-own-root.ts'

/** As `programs/pki.ts` makes them. */
const KEPT = ['kept', 'kept-rsa']
/** Revoked for these reasons: as RFC 5280 names them, and as openssl shows them in a list. */
const REVOKED: Readonly<Record<string, readonly [string, string]>> = {
  withdrawn: ['keyCompromise', 'Key Compromise'],
  lost: ['superseded', 'Superseded'],
}
const LEAVES = [...KEPT, ...Object.keys(REVOKED)]
/** Fetched so often that each worker has answered. */
const TIMES = 8
/** What openssl sends when it is told nothing: a nonce, SHA-1 of the issuer. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  'as openssl asks by itself': [],
  'without a nonce': ['-no_nonce'],
  'by SHA-256 of the issuer': ['-no_nonce', '-sha256'],
}

/** The private CA as those see it who are to trust it, over the plain HTTP port. */
export const pki: Suite = {
  name: 'pki',
  what: "the private CA's chain, revocation lists and OCSP answers, by the openssl command",
  budgetSeconds: 180,
  async run(run) {
    const { openssl } = run.machine
    if ('missing' in openssl) {
      run.notRun('the private CA', openssl.missing)
      return
    }
    const server = await TestServer.start(run)
    const folder = join(run.folder, 'pki')
    mkdirSync(folder)
    const result = await runClient(run, [run.machine.runtime, programPath('pki')], {
      sourced: [server.file('connect.env')],
      variables: { PKI_FOLDER: folder },
    })
    countChecks(run, 'client', result)
    const runOpenssl = command(openssl.path, folder)
    const authority = new OpensslPki(runOpenssl, folder, { root: 'root', ca: 'ca' })
    await checkChains(run, authority)
    await checkNothingRevoked(run, authority)
    await checkRefusals(run, authority)
    await checkOwnRoot(run, server, runOpenssl, folder)
    const before = await authority.listNumber(await authority.fetchList('kept'))
    await revoke(run, server, authority)
    await run.step('the next list has a higher number', async () => {
      const after = await authority.listNumber(await authority.fetchList('kept'))
      if (after <= before) throw new Error(`It was ${before} and is ${after}.`)
    })
    await checkRevoked(run, authority, 'after the revocation')
    await run.step('the server starts again', async () => {
      await server.stop()
      await server.startAgain()
    })
    await checkRevoked(run, authority, 'after a restart')
  },
}

async function checkChains(run: SuiteRun, authority: OpensslPki): Promise<void> {
  for (const name of LEAVES) {
    await run.step(`${name}: the chain is one of a TLS server`, () =>
      authority.demandChain(name, '-purpose', 'sslserver', '-verify_hostname', 'localhost'),
    )
    await run.step(`${name}: the chain is not one of another name`, () =>
      refused(authority.demandChain(name, '-verify_hostname', 'other.example'), /mismatch/),
    )
  }
  for (const name of [...LEAVES, 'ca']) {
    await run.step(`${name}: it points to the certificate of its authority`, async () => {
      const wanted = authority.certificate(authority.issuerOf(name))
      const found = await authority.fetchAuthority(name)
      if (!found.raw.equals(wanted.raw)) throw new Error(`It is that of ${found.subject}.`)
    })
  }
}

async function checkNothingRevoked(run: SuiteRun, authority: OpensslPki): Promise<void> {
  for (const name of LEAVES) {
    await run.step(`${name}: on no revocation list, up to the root`, async () => {
      const lists = [await authority.fetchList(name), await authority.fetchList('ca')]
      await authority.demandNotListed(name, lists)
    })
  }
  for (const name of [...LEAVES, 'ca']) {
    await checkStatus(run, authority, name, /^good$/, 'at first')
  }
}

/** In every way in which OCSP can be asked. */
async function checkStatus(
  run: SuiteRun,
  authority: OpensslPki,
  name: string,
  wanted: RegExp,
  when: string,
): Promise<void> {
  const demand = (status: string): void => {
    if (!wanted.test(status)) throw new Error(`It is ${status}.`)
  }
  for (const [how, options] of Object.entries(QUESTIONS)) {
    await run.step(`${when} ${name}: OCSP by POST, ${how}`, async () =>
      demand(await authority.askByPost(name, ...options)),
    )
  }
  for (const escaped of [true, false]) {
    await run.step(`${when} ${name}: OCSP by GET, ${escaped ? '' : 'not '}escaped`, async () =>
      demand(await authority.askByGet(name, escaped)),
    )
  }
}

async function checkRefusals(run: SuiteRun, authority: OpensslPki): Promise<void> {
  const [name = ''] = KEPT
  await run.step('OCSP: of a serial number that was never issued nothing is said', () =>
    refused(authority.askOfSerial(name, '0123456789abcdef'), /unauthorized/i),
  )
  await run.step('OCSP: what is no request is answered as one that is malformed', async () => {
    const { ocsp } = await authority.points(name)
    const headers = { 'content-type': 'application/ocsp-request' }
    const answer = await fetch(ocsp, { method: 'POST', headers, body: 'no request' })
    // RFC 6960 §4.2.1: OCSPResponse with responseStatus malformedRequest (1) and nothing else.
    const found = `${answer.status} ${(await answer.bytes()).toHex()}`
    if (found !== '200 30030a0101') throw new Error(found)
  })
  await run.step('the port has nothing else', async () => {
    const { origin } = new URL((await authority.points(name)).ocsp)
    for (const path of ['/', '/secrets', '/pki/default', `/pki/default/${'0'.repeat(40)}/crl`]) {
      const { status } = await fetch(`${origin}${path}`)
      if (status !== 404) throw new Error(`${path} answered ${status}.`)
    }
  })
}

/** One by its name, and one by its number, as for a certificate that is no longer in the vault. */
async function revoke(run: SuiteRun, server: TestServer, authority: OpensslPki): Promise<void> {
  const byName = ['certificate', 'revoke', 'default', 'withdrawn', '--reason', 'keyCompromise']
  await run.step('the administrator revokes a certificate', () => admin(run, server, byName))
  await run.step('a certificate that is revoked is not revoked again', () =>
    refused(admin(run, server, byName), /it was revoked at/),
  )
  await run.step('the administrator revokes a certificate by its serial number', async () => {
    const [, , , key = ''] = new URL((await authority.points('lost')).ocsp).pathname.split('/')
    const serial = authority.certificate('lost').serialNumber.toLowerCase()
    const which = ['default', key, serial, '--reason', 'superseded']
    await admin(run, server, ['certificate', 'revoke-serial', ...which])
  })
}

async function checkRevoked(run: SuiteRun, authority: OpensslPki, when: string): Promise<void> {
  await run.step(`${when} every list has them, with the reason`, async () => {
    for (let time = 0; time < TIMES; time += 1) {
      const text = await authority.listText(await authority.fetchList('kept'))
      for (const [name, [, reason]] of Object.entries(REVOKED)) {
        const { serialNumber } = authority.certificate(name)
        const [, entry = ''] = text.split(`Serial Number: ${serialNumber}`)
        const [own] = entry.split('Serial Number')
        if (own?.includes(reason) !== true) throw new Error(`Time ${time}, ${name}: ${text}`)
      }
    }
  })
  const lists = (name: string): Promise<string[]> =>
    Promise.all([authority.fetchList(name), authority.fetchList('ca')])
  for (const [name, [reason]] of Object.entries(REVOKED)) {
    await run.step(`${when} openssl refuses ${name} by the lists`, async () =>
      refused(authority.demandNotListed(name, await lists(name)), /certificate revoked/),
    )
    await checkStatus(run, authority, name, new RegExp(`^revoked, ${reason}$`), when)
  }
  for (const name of KEPT) {
    await run.step(`${when} ${name} is still good by the lists`, async () =>
      authority.demandNotListed(name, await lists(name)),
    )
    await checkStatus(run, authority, name, /^good$/, when)
  }
}

/** @throws Error when it was done all the same, or refused in other words. */
async function refused(asked: Promise<unknown>, words: RegExp): Promise<void> {
  const said = await asked.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  if (said === undefined) throw new Error('It was not refused.')
  if (!words.test(said)) throw new Error(`It was refused in other words: ${said}`)
}

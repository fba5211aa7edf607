import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import type { Answer, Door, WireRequest } from '../../door.ts'
import { openLog } from '../../log.ts'
import { pkiDoor } from './door.ts'

/** The door on a vault in memory with an authority that has issued one certificate. */
export interface PkiDoorUnderTest {
  readonly door: Door
  readonly memory: MemoryVault
  /** Tokens and key authorizations of challenges under way. */
  readonly challenges: Map<string, string>
  /** Key id of the authority that has issued `web`. */
  readonly authority: string
  /** Serial number of the certificate `web`. */
  readonly serial: string
  readonly logged: readonly string[]
  readonly get: (path: string, changes?: Partial<WireRequest>) => Promise<Answer>
  readonly post: (path: string, body: Uint8Array, type?: string) => Promise<Answer>
}

export async function pkiDoorUnderTest(): Promise<PkiDoorUnderTest> {
  const memory = await memoryVault(undefined, 'http://pki.example.com')
  const { vault, administrator: call, clock } = memory
  const issuer = { vault: 'default', name: 'corp' }
  await vault.certificates.setIssuer(call, { issuer, provider: 'Claviger' })
  await vault.certificates.create(call, {
    certificate: { vault: 'default', name: 'web' },
    policy: { subject: 'CN=web.example.com', keyType: 'EC', issuer: { name: 'corp' } },
  })
  const { items } = await vault.certificates.listIssued(call, { vault: 'default' })
  const web = items.find(({ name }) => name === 'web')
  if (web === undefined) throw new TypeError('the authority has issued nothing')
  const challenges = new Map<string, string>()
  const logged: string[] = []
  const door = pkiDoor({
    authorities: vault.certificates,
    view: () => vault.view(),
    challengeAnswer: (token) => challenges.get(token),
    clock,
    log: openLog('debug', { write: (line) => logged.push(line) }),
  })
  return {
    door, memory, challenges, logged,
    authority: web.authority,
    serial: web.serial,
    get: (path, changes) => door.answer({ ...blankRequest, path, ...changes }),
    post: (path, body, type = 'application/ocsp-request') =>
      door.answer({
        ...blankRequest, path, body,
        method: 'POST',
        headers: { 'content-type': type },
      }),
  }
}

/** A request to the PKI port as the listener makes it. */
export const blankRequest: WireRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: {},
  body: new Uint8Array(),
  host: 'pki.example.com',
  port: undefined,
  clientAddress: '198.51.100.9',
  requestId: '5f0c1a52-8d6a-4d0a-9f5c-0b6a0f0e7a11',
}

/** An OCSPRequest (RFC 6960 §4.1.1) for one certificate in DER, without nonce. */
export function ocspRequestOf(authority: string, serial: string): Uint8Array {
  const sha1 = der(0x30, Buffer.from('06052b0e03021a0500', 'hex'))
  const name = der(0x04, Buffer.alloc(20))
  const key = der(0x04, Buffer.from(authority, 'hex'))
  const certId = der(0x30, sha1, name, key, der(0x02, Buffer.from(serial, 'hex')))
  return der(0x30, der(0x30, der(0x30, der(0x30, certId))))
}

function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents)
  if (content.byteLength > 127) throw new RangeError('the test needs no long form')
  return Buffer.concat([Uint8Array.of(tag, content.byteLength), content])
}

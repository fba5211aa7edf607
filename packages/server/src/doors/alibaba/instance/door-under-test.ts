import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { Fault } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { Door, WireRequest } from '../../../door.ts'
import { AUDIT_OF_OPERATIONS, demandAudited } from '../audited-under-test.ts'
import { sharedDoor } from '../shared/door.ts'
import {
  CA_CHAIN,
  sharedDoorUnderTest,
  type SharedDoorUnderTest,
} from '../shared/door-under-test.ts'
import { instanceDoor } from './door.ts'
import { instanceOfHost } from './instance-of-host.ts'

const { instance } = alibaba

type Operation = alibaba.instance.Operation

const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 })
const DOMAIN = 'localhost'

/** The client keys that there are, and who signs with them. */
export const CLIENT_KEYS = {
  'KAAP.administrator': 'administrator',
  'KAAP.identity': 'identity',
  'KAAP.stranger': 'stranger',
} as const

export type ClientKey = keyof typeof CLIENT_KEYS

/** How a request differs from a good one of the administrator to the instance `kst-default`. */
export interface Differently {
  readonly accessKeyId?: string
  readonly keyVersionId?: string
  readonly host?: string
  /** Changes headers once the request is signed. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: Uint8Array
}

export interface ReadAnswer<Message> {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly message: Message
  readonly error: alibaba.instance.Message<'Error'>
}

/** Both gateways over one vault in memory. Client keys are known by name; their signatures count. */
export interface InstanceDoorUnderTest {
  readonly shared: SharedDoorUnderTest
  readonly door: Door
  readonly ask: <Name extends Operation>(
    operation: Name,
    message: Partial<alibaba.instance.RequestOf<Name>>,
    differently?: Differently,
  ) => Promise<ReadAnswer<alibaba.instance.ResponseOf<Name>>>
  /** The request that `ask` would send. */
  readonly requestOf: <Name extends Operation>(
    operation: Name,
    message: Partial<alibaba.instance.RequestOf<Name>>,
    differently?: Differently,
  ) => WireRequest
}

export async function instanceDoorUnderTest(): Promise<InstanceDoorUnderTest> {
  const shared = await sharedDoorUnderTest()
  const { memory } = shared
  const log = { error: () => undefined, warn: () => undefined }
  const instanceOf = (host: string): string => instanceOfHost(host, DOMAIN) ?? ''
  const door = instanceDoor({
    vault: memory.vault,
    signers: {
      async callerOfClientKey(proof) {
        const { clientKeyId } = proof
        if (!isClientKey(clientKeyId)) {
          throw new Fault('SignInFailed', { reason: 'ClientKeyUnknown' })
        }
        if (proof.verify(KEYS.publicKey)) return memory[CLIENT_KEYS[clientKeyId]].caller
        throw new Fault('SignInFailed', { reason: 'RequestSignatureWrong' })
      },
    },
    instanceOf,
    openApi: sharedDoor({
      vault: memory.vault,
      authenticate: async () => ({ caller: memory.administrator.caller, claims: [] }),
      regionOf: () => 'cn-hangzhou',
      instanceOf,
      log,
      settings: {
        regions: ['cn-hangzhou'],
        homeVault: 'default',
        caCertificateChain: () => CA_CHAIN,
      },
    }),
    clock: memory.clock,
    log,
  })

  const requestOf: InstanceDoorUnderTest['requestOf'] = (operation, message, differently = {}) => {
    const { accessKeyId = 'KAAP.administrator', keyVersionId, headers = {} } = differently
    const { host = `kst-default.cryptoservice.kms.${DOMAIN}` } = differently
    const { request } = instance.OPERATIONS[operation]
    const body = differently.body ?? instance.encodeMessage(request, message)
    const signed = instance.signRequest({
      operation,
      body,
      accessKeyId,
      privateKey: KEYS.privateKey,
      date: Math.floor(memory.clock.now() / 1000),
      ...(keyVersionId === undefined ? {} : { keyVersionId }),
    })
    return {
      method: 'POST',
      path: '/',
      query: '',
      headers: { host, 'content-length': String(body.length), ...signed, ...headers },
      body,
      host,
      port: 8443,
      clientAddress: '192.0.2.1',
      requestId: randomUUID(),
    }
  }

  return {
    shared,
    door,
    requestOf,
    async ask<Name extends Operation>(
      operation: Name,
      message: Partial<alibaba.instance.RequestOf<Name>>,
      differently?: Differently,
    ) {
      const before = (await memory.audit()).length
      const request = requestOf(operation, message, differently)
      const answer = await door.answer(request)
      const { status, headers } = answer
      const body = Buffer.from(answer.body)
      const row: (typeof instance.OPERATIONS)[Name] = instance.OPERATIONS[operation]
      const response: (typeof instance.OPERATIONS)[Name]['response'] = row.response
      const error = instance.decodeMessage('Error', status === 200 ? new Uint8Array() : body)
      if (status === 200 || AFTER_THE_SIGNATURE.test(error.ErrorCode)) {
        const { requestId } = request
        const asked = { requestId, status, code: error.ErrorCode }
        await demandAudited(memory, before, AUDIT_OF_OPERATIONS[operation], asked)
      }
      return {
        status,
        headers,
        message: instance.decodeMessage(response, status === 200 ? body : new Uint8Array()),
        error,
      }
    },
  }
}

/** Refusals before these are of who signs, whom this stands in for, or of the request's own words. */
const AFTER_THE_SIGNATURE = /^(?:Forbidden|Rejected)\./

function isClientKey(id: string): id is ClientKey {
  return Object.hasOwn(CLIENT_KEYS, id)
}

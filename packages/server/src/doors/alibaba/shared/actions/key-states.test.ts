import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto'
import { before, describe, it } from 'node:test'
import { alibaba } from '@claviger/wire'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

const { ACTION_FAMILIES, ERRORS } = alibaba.shared

const STATES = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport'] as const
type State = (typeof STATES)[number]

/** A refusal, or success; with the state that the key has then, unless it is the one it had. */
type Outcome = 'ok' | alibaba.shared.ErrorCode | `→ ${State}`
type Row = readonly [Outcome, Outcome, Outcome, Outcome]

const USES: Row = ['ok', 'Rejected.Disabled', 'Rejected.PendingDeletion', 'Rejected.PendingImport']
const ALWAYS: Row = ['ok', 'ok', 'ok', 'ok']
const CHANGES: Row = ['ok', 'ok', 'Rejected.PendingDeletion', 'ok']
const MODIFIED = 'Rejected.StateModifiedFailed'

/** Which keys an action is for; without material there are those alone whose material is brought. */
type Kind = 'cipher' | 'brought' | 'signing' | 'encrypting' | 'mac'

/** A key in a state, with what was made with it before. */
interface Made {
  readonly KeyId: string
  readonly KeyVersionId: string
  readonly alias: string
  readonly CiphertextBlob: string
}

type Parameters = Readonly<Record<string, string | number | boolean>>

interface Case {
  readonly action: alibaba.shared.ActionName
  readonly outcomes: Row
  readonly kind?: Kind
  readonly parameters?: (made: Made, world: World) => Parameters | Promise<Parameters>
}

const digest = Buffer.alloc(32, 7).toString('base64')
const material = randomBytes(32)
const { publicKey: importer } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const exporting = {
  PublicKeyBlob: importer.export({ type: 'spki', format: 'der' }).toString('base64'),
  WrappingKeySpec: 'RSA_2048',
  WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
}
const byKey = ({ KeyId }: Made): Parameters => ({ KeyId })
const byCiphertext = ({ CiphertextBlob }: Made): Parameters => ({ CiphertextBlob })
const signs = { Algorithm: 'ECDSA_SHA_256', Digest: digest }
const oaep = { Algorithm: 'RSAES_OAEP_SHA_256' }

/** Section "Key states" of the service's developer guide, action by action. */
const CASES: readonly Case[] = [
  { action: 'Encrypt', outcomes: USES, parameters: ({ KeyId }) => ({ KeyId, Plaintext: 'text' }) },
  { action: 'Decrypt', outcomes: USES, parameters: byCiphertext },
  { action: 'GenerateDataKey', outcomes: USES },
  { action: 'GenerateDataKeyWithoutPlaintext', outcomes: USES },
  { action: 'ExportDataKey', outcomes: USES, parameters: (made) => ({ ...byCiphertext(made), ...exporting }) },
  { action: 'GenerateAndExportDataKey', outcomes: USES, parameters: ({ KeyId }) => ({ KeyId, ...exporting }) },
  {
    action: 'ReEncrypt',
    outcomes: USES,
    parameters: async (made, world) => ({ ...byCiphertext(made), DestinationKeyId: (await world.own()).KeyId }),
  },
  {
    action: 'ReEncrypt',
    outcomes: USES,
    parameters: async ({ KeyId }, world) => ({ ...byCiphertext(await world.own()), DestinationKeyId: KeyId }),
  },
  { action: 'AsymmetricSign', kind: 'signing', outcomes: USES, parameters: ({ KeyId }) => ({ KeyId, ...signs }) },
  {
    action: 'AsymmetricVerify',
    kind: 'signing',
    outcomes: USES,
    parameters: ({ KeyId }) => ({ KeyId, ...signs, Value: Buffer.alloc(70).toString('base64') }),
  },
  {
    action: 'AsymmetricEncrypt',
    kind: 'encrypting',
    outcomes: USES,
    parameters: ({ KeyId }) => ({ KeyId, ...oaep, Plaintext: digest }),
  },
  {
    action: 'AsymmetricDecrypt',
    kind: 'encrypting',
    outcomes: USES,
    parameters: ({ KeyId, CiphertextBlob }) => ({ KeyId, ...oaep, CiphertextBlob }),
  },
  {
    action: 'GenerateMac',
    kind: 'mac',
    outcomes: USES,
    parameters: ({ KeyId }) => ({ KeyId, Algorithm: 'HMAC_SHA_256', Message: digest }),
  },
  {
    action: 'VerifyMac',
    kind: 'mac',
    outcomes: USES,
    parameters: ({ KeyId }) => ({ KeyId, Algorithm: 'HMAC_SHA_256', Message: digest, Mac: digest }),
  },
  { action: 'EnableKey', outcomes: ['ok', '→ Enabled', MODIFIED, MODIFIED] },
  { action: 'DisableKey', outcomes: ['→ Disabled', 'ok', MODIFIED, MODIFIED] },
  {
    action: 'ScheduleKeyDeletion',
    outcomes: ['→ PendingDeletion', '→ PendingDeletion', MODIFIED, '→ PendingDeletion'],
    parameters: ({ KeyId }) => ({ KeyId, PendingWindowInDays: 7 }),
  },
  { action: 'CancelKeyDeletion', outcomes: [MODIFIED, MODIFIED, '→ Enabled', MODIFIED] },
  { action: 'CreateKeyVersion', outcomes: USES },
  { action: 'CreateKeyVersion', kind: 'signing', outcomes: USES },
  {
    action: 'UpdateRotationPolicy',
    outcomes: USES,
    parameters: ({ KeyId }) => ({ KeyId, EnableAutomaticRotation: true, RotationInterval: '30d' }),
  },
  {
    action: 'UpdateKeyDescription',
    outcomes: CHANGES,
    parameters: ({ KeyId }) => ({ KeyId, Description: 'new' }),
  },
  {
    action: 'TagResource',
    outcomes: CHANGES,
    parameters: ({ KeyId }) => ({ KeyId, Tags: '[{"TagKey":"a","TagValue":"b"}]' }),
  },
  { action: 'UntagResource', outcomes: CHANGES, parameters: ({ KeyId }) => ({ KeyId, TagKeys: '["a"]' }) },
  {
    action: 'CreateAlias',
    outcomes: ['ok', 'ok', MODIFIED, 'ok'],
    parameters: ({ KeyId }, { fresh }) => ({ KeyId, AliasName: fresh() }),
  },
  {
    action: 'UpdateAlias',
    outcomes: CHANGES,
    parameters: async ({ KeyId }, world) => ({ KeyId, AliasName: (await world.own()).alias }),
  },
  { action: 'DeleteAlias', outcomes: ALWAYS, parameters: ({ alias }) => ({ AliasName: alias }) },
  { action: 'ListAliases', outcomes: ALWAYS, parameters: () => ({}) },
  { action: 'ListAliasesByKeyId', outcomes: ALWAYS },
  { action: 'DescribeKey', outcomes: ALWAYS },
  { action: 'ListKeys', outcomes: ALWAYS, parameters: () => ({}) },
  { action: 'ListKeyVersions', outcomes: ALWAYS },
  {
    action: 'DescribeKeyVersion',
    outcomes: ALWAYS,
    parameters: ({ KeyId, KeyVersionId }) => ({ KeyId, KeyVersionId }),
  },
  { action: 'ListResourceTags', outcomes: ALWAYS },
  {
    action: 'GetParametersForImport',
    kind: 'brought',
    outcomes: ALWAYS,
    parameters: ({ KeyId }) => ({ KeyId, WrappingKeySpec: 'RSA_2048', WrappingAlgorithm: 'RSAES_PKCS1_V1_5' }),
  },
  {
    action: 'DeleteKeyMaterial',
    kind: 'brought',
    outcomes: ['→ PendingImport', '→ PendingImport', 'ok', 'ok'],
  },
  {
    action: 'ImportKeyMaterial',
    kind: 'brought',
    outcomes: ['ok', 'ok', MODIFIED, '→ Enabled'],
    parameters: ({ KeyId }, world) => world.importOf(KeyId),
  },
  {
    action: 'SetDeletionProtection',
    outcomes: CHANGES,
    parameters: ({ KeyId }) => ({ KeyId, EnableDeletionProtection: false }),
  },
  { action: 'GetKeyPolicy', outcomes: ALWAYS },
]

const KEYS: Readonly<Record<Kind, Parameters>> = {
  cipher: {},
  brought: { Origin: 'EXTERNAL' },
  signing: { KeySpec: 'EC_P256' },
  encrypting: { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' },
  mac: { KeySpec: 'HMAC_256' },
}

/** One door, and keys of it in every state. */
class World {
  readonly #door: SharedDoorUnderTest
  #count = 0

  constructor(door: SharedDoorUnderTest) {
    this.#door = door
  }

  readonly fresh = (): string => `alias/a${(this.#count += 1)}`

  async ask(action: alibaba.shared.ActionName, parameters: Parameters): Promise<Answered> {
    const { status, body } = await this.#door.call(action, parameters)
    return { status, body }
  }

  async succeed(action: alibaba.shared.ActionName, parameters: Parameters): Promise<Answered['body']> {
    const { status, body } = await this.ask(action, parameters)
    assert.equal(status, 200, `${action}: ${JSON.stringify(body)}`)
    return body
  }

  /** Another key, which can be used. */
  own(): Promise<Made> {
    return this.make('cipher', 'Enabled')
  }

  async make(kind: Kind, state: State): Promise<Made> {
    const isBrought = kind === 'brought' || state === 'PendingImport'
    const parameters = isBrought ? KEYS.brought : KEYS[kind]
    const { KeyId } = (await this.succeed('CreateKey', parameters)).KeyMetadata
    if (isBrought) await this.succeed('ImportKeyMaterial', await this.importOf(KeyId))
    const alias = this.fresh()
    await this.succeed('CreateAlias', { KeyId, AliasName: alias })
    const isCipher = isBrought || kind === 'cipher'
    const { CiphertextBlob = digest } = isCipher
      ? await this.succeed('Encrypt', { KeyId, Plaintext: digest })
      : {}
    const { KeyVersion } = (await this.succeed('ListKeyVersions', { KeyId })).KeyVersions
    const { KeyVersionId } = KeyVersion[0]
    await this.#bring(KeyId, state)
    assert.equal(await this.stateOf(KeyId), state)
    return { KeyId, KeyVersionId, alias, CiphertextBlob }
  }

  async stateOf(KeyId: string): Promise<State> {
    return (await this.succeed('DescribeKey', { KeyId })).KeyMetadata.KeyState
  }

  async importOf(KeyId: string): Promise<Parameters> {
    const wanted = { KeyId, WrappingKeySpec: 'RSA_2048', WrappingAlgorithm: 'RSAES_OAEP_SHA_256' }
    const { PublicKey, ImportToken } = await this.succeed('GetParametersForImport', wanted)
    const key = createPublicKey({ key: Buffer.from(PublicKey, 'base64'), type: 'spki', format: 'der' })
    const wrapped = publicEncrypt({ key, oaepHash: 'sha256' }, material)
    const EncryptedKeyMaterial = wrapped.toString('base64')
    return { KeyId, ImportToken, EncryptedKeyMaterial, KeyMaterialExpireUnix: 0 }
  }

  async #bring(KeyId: string, state: State): Promise<void> {
    if (state === 'Disabled') await this.succeed('DisableKey', { KeyId })
    if (state === 'PendingImport') await this.succeed('DeleteKeyMaterial', { KeyId })
    if (state === 'PendingDeletion') {
      await this.succeed('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 30 })
    }
  }
}

type Answered = Pick<Awaited<ReturnType<SharedDoorUnderTest['call']>>, 'status' | 'body'>

/** It is refused for the key, not for its state. */
const OTHER_REFUSALS: Readonly<Record<string, alibaba.shared.ErrorCode>> = {
  // What was made up is no ciphertext of the key.
  'AsymmetricDecrypt Enabled': 'InvalidParameter',
}

const OF_NO_TABLE: readonly alibaba.shared.ActionName[] = [
  'CreateKey', 'SetKeyPolicy', 'GetPublicKey', 'TagResources', 'UntagResources', 'ListTagResources',
]

describe('the state of a key', () => {
  let world: World
  before(async () => {
    world = new World(await sharedDoorUnderTest())
  })

  for (const { action, kind = 'cipher', outcomes, parameters = byKey } of CASES) {
    for (const [at, state] of STATES.entries()) {
      const wanted = OTHER_REFUSALS[`${action} ${state}`] ?? outcomes[at] ?? 'ok'
      it(`${state} has ${action} of a ${kind} key end with ${wanted}`, async () => {
        const made = await world.make(kind, state)
        const { status, body } = await world.ask(action, await parameters(made, world))
        const isRefused = wanted !== 'ok' && !wanted.startsWith('→')
        assert.equal(body.Code, isRefused ? wanted : undefined, JSON.stringify(body))
        assert.equal(status, isRefused ? ERRORS[wanted as alibaba.shared.ErrorCode].status : 200)
        const after = wanted.startsWith('→') ? wanted.slice(2) : state
        assert.equal(await world.stateOf(made.KeyId), after)
      })
    }
  }

  it('is looked at by every action on keys but those of which no table says anything', () => {
    const looked = new Set<string>([...CASES.map(({ action }) => action), ...OF_NO_TABLE])
    const families = [
      'keys', 'aliases', 'tags', 'symmetric cryptography', 'asymmetric cryptography',
      'message authentication',
    ] as const
    const all = families.flatMap((family) => Object.keys(ACTION_FAMILIES[family]))
    assert.deepEqual(all.filter((action) => !looked.has(action)), [])
  })

  it('is PendingImport again for a key whose deletion is cancelled without material', async () => {
    const { KeyId } = await world.make('brought', 'PendingDeletion')
    await world.succeed('DeleteKeyMaterial', { KeyId })
    assert.equal(await world.stateOf(KeyId), 'PendingDeletion')
    await world.succeed('CancelKeyDeletion', { KeyId })
    assert.equal(await world.stateOf(KeyId), 'PendingImport')
  })

  it('is Enabled for a disabled key whose deletion is cancelled', async () => {
    const { KeyId } = await world.make('cipher', 'Disabled')
    await world.succeed('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await world.succeed('CancelKeyDeletion', { KeyId })
    assert.equal(await world.stateOf(KeyId), 'Enabled')
    await world.succeed('Encrypt', { KeyId, Plaintext: 'text' })
  })

  it('is Enabled for a disabled key that is given its material again', async () => {
    const { KeyId } = await world.make('brought', 'Disabled')
    await world.succeed('DeleteKeyMaterial', { KeyId })
    assert.equal(await world.stateOf(KeyId), 'PendingImport')
    await world.succeed('ImportKeyMaterial', await world.importOf(KeyId))
    assert.equal(await world.stateOf(KeyId), 'Enabled')
  })
})

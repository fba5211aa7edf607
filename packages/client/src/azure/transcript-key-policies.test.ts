import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VAULT_URL } from '../testing/fake-vault.ts'
import { OF_KEY_POLICIES } from '../testing/parted-transcripts.ts'
import { refusal, transcriptOf } from '../testing/played.ts'
import { deletedTimes, deletion, quickly, times, version } from '../testing/recorded-attributes.ts'
import { KeyClient } from './key-client.ts'

// Answers in the shapes that recordings of the service have, with our own values. Those of a
// managed HSM have their members by the alphabet, and demand a token with a body that is no JSON.
// Of release, attestation and random octets there is no recording: these follow the documentation.

const V = VAULT_URL
const HSM = 'https://myhsm.managedhsm.azure.net'
const ofVault = transcriptOf(
  KeyClient.prototype,
  (credential, options) => new KeyClient(V, credential, options),
)
const ofHsm = transcriptOf(
  KeyClient.prototype,
  (credential, options) => new KeyClient(HSM, credential, options),
)

function challengedByHsm(): Response {
  const authority = 'https://login.microsoftonline.com/tenant'
  const demand = `Bearer authorization="${authority}", resource="https://managedhsm.azure.net"`
  const headers = { 'content-type': 'application/json; charset=utf-8', 'www-authenticate': demand }
  return new Response('OK', { status: 401, headers })
}

describe('rotation policies as the service shows them', () => {
  const id = `${V}/keys/k/rotationpolicy`
  const notify = { trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Notify' } }
  const { createdOn, updatedOn } = times

  it('are there before they are set', async () => {
    const policy = { id, lifetimeActions: [notify], attributes: {} }
    await ofVault.play(
      [{ asks: 'GET /keys/k/rotationpolicy', gives: [200, policy] }],
      async (client) => {
        const lifetimeActions = [{ action: 'Notify', timeBeforeExpiry: 'P30D' }]
        assert.deepEqual(await client.getKeyRotationPolicy('k'), { id, lifetimeActions })
      },
    )
  })

  it('say Notify by themselves, and null for what is not there', async () => {
    const attributes = { expiryTime: 'P2Y', created: 1700000000, updated: 1700000001 }
    const trigger = { timeAfterCreate: 'P90D', timeBeforeExpiry: null }
    const rotation = { trigger, action: { type: 'rotate' } }
    const set = { id, lifetimeActions: [rotation, notify], attributes }
    const empty = { id, lifetimeActions: [], attributes: { ...attributes, expiryTime: null } }
    const wanted = { trigger: { timeAfterCreate: 'P90D' }, action: { type: 'Rotate' } }
    const asks = 'PUT /keys/k/rotationpolicy'
    const body = { lifetimeActions: [wanted], attributes: { expiryTime: 'P2Y' } }
    await ofVault.play(
      [
        { asks, body, gives: [200, set] },
        { asks, body: { lifetimeActions: [], attributes: {} }, gives: [200, empty] },
      ],
      async (client) => {
        const rotate = { action: 'Rotate', timeAfterCreate: 'P90D' } as const
        const policy = { expiresIn: 'P2Y', lifetimeActions: [rotate] }
        assert.deepEqual(await client.updateKeyRotationPolicy('k', policy), {
          id,
          createdOn,
          updatedOn,
          expiresIn: 'P2Y',
          lifetimeActions: [rotate, { action: 'Notify', timeBeforeExpiry: 'P30D' }],
        })
        const cleared = await client.updateKeyRotationPolicy('k', { lifetimeActions: [] })
        assert.deepEqual(cleared, { id, createdOn, updatedOn, lifetimeActions: [] })
      },
    )
  })
})

describe('keys as a managed HSM shows them', () => {
  const kid = `${HSM}/keys/k/${version}`
  const attributes = {
    created: 1700000000,
    enabled: true,
    exportable: true,
    recoverableDays: 7,
    recoveryLevel: 'CustomizedRecoverable+Purgeable',
    updated: 1700000001,
  }
  const key = { e: 'AQAB', key_ops: ['unwrapKey', 'wrapKey'], kid, kty: 'RSA-HSM', n: '-_8' }
  const { createdOn, updatedOn } = times
  const properties = {
    id: kid,
    name: 'k',
    vaultUrl: HSM,
    version,
    enabled: true,
    exportable: true,
    recoverableDays: 7,
    recoveryLevel: 'CustomizedRecoverable+Purgeable',
    createdOn,
    updatedOn,
  }

  it('are made in hardware whatever was asked for, deleted with their id last', async () => {
    const release_policy = { contentType: 'application/json; charset=utf-8', data: 'e30' }
    const made = { attributes, key, release_policy }
    const recoveryId = `${HSM}/deletedkeys/k`
    const { deletedDate, scheduledPurgeDate } = deletion
    const gone = { attributes, deletedDate, key, recoveryId, scheduledPurgeDate }
    const body = { kty: 'RSA', release_policy: { data: 'e30' }, attributes: { exportable: true } }
    await ofHsm.play(
      [
        { asks: 'POST /keys/k/create', body, gives: [200, made] },
        { asks: 'DELETE /keys/k', gives: [200, gone] },
        { asks: 'GET /deletedkeys/k', gives: [200, gone] },
      ],
      async (client) => {
        const encodedPolicy = new TextEncoder().encode('{}')
        const options = { exportable: true, releasePolicy: { encodedPolicy } }
        const { keyType, properties: ofMade } = await client.createRsaKey('k', options)
        assert.equal(keyType, 'RSA-HSM')
        const { contentType } = release_policy
        const releasePolicy = { contentType, encodedPolicy }
        assert.deepEqual(ofMade, { ...properties, releasePolicy })
        const poller = await client.beginDeleteKey('k', quickly)
        const deleted = await poller.pollUntilDone()
        assert.deepEqual(deleted.properties, { ...properties, recoveryId, ...deletedTimes })
      },
      challengedByHsm,
    )
  })

  it('are released by their version or the newest, with a nonce or without', async () => {
    const enc = 'RSA_AES_KEY_WRAP_256'
    const first = { target: 'a.b.c', nonce: 'n', enc }
    const signed = { value: 'eyJ4NWMiOltdfQ.e30.c2ln' }
    const only = { target: 'a.b.c' }
    await ofHsm.play(
      [
        { asks: `POST /keys/k/${version}/release`, body: first, gives: [200, signed] },
        { asks: 'POST /keys/k/release', body: only, gives: [200, signed] },
      ],
      async (client) => {
        const options = { version, nonce: 'n', algorithm: enc } as const
        assert.deepEqual(await client.releaseKey('k', 'a.b.c', options), signed)
        assert.deepEqual(await client.releaseKey('k', 'a.b.c'), signed)
      },
      challengedByHsm,
    )
  })

  it('are attested with statements in base64url', async () => {
    const statement = { certificatePemFile: 'LS0t', privateKeyAttestation: '-_8', version: '1.0' }
    const symmetric = { key_ops: ['wrapKey'], kid, kty: 'oct-HSM' }
    const ofPair = { ...statement, publicKeyAttestation: 'AAE' }
    const gives = (attestation: object, key: object): [number, object] => [
      200,
      { attributes: { attestation, ...attributes }, key },
    ]
    await ofHsm.play(
      [
        { asks: 'GET /keys/k/attestation', gives: gives(statement, symmetric) },
        { asks: `GET /keys/k/${version}/attestation`, gives: gives(ofPair, key) },
      ],
      async (client) => {
        const attestation = {
          certificatePemFile: new TextEncoder().encode('---'),
          privateKeyAttestation: Uint8Array.of(0xfb, 0xff),
          version: '1.0',
        }
        const attested = await client.getKeyAttestation('k')
        assert.deepEqual(attested.properties, { ...properties, attestation })
        const publicKeyAttestation = Uint8Array.of(0, 1)
        const pair = await client.getKeyAttestation('k', { version })
        assert.deepEqual(pair.properties.attestation, { ...attestation, publicKeyAttestation })
      },
      challengedByHsm,
    )
  })

  it('are beside a generator of random octets that says how many it gives', async () => {
    const activity = 'Activity ID: 00000000-1111-4222-8333-444444444444'
    const message = `This many are not given at once. (${activity})`
    const refused = refusal('BadParameter', message)
    await ofHsm.play(
      [
        { asks: 'POST /rng', body: { count: 2 }, gives: [200, { value: '-_8' }] },
        { asks: 'POST /rng', body: { count: 129 }, gives: [400, refused] },
      ],
      async (client) => {
        assert.deepEqual(await client.getRandomBytes(2), Uint8Array.of(0xfb, 0xff))
        const error = { name: 'BadRequestError', code: 'BadParameter', message }
        await assert.rejects(client.getRandomBytes(129), error)
      },
      challengedByHsm,
    )
  })

  it('have a case here for every method that the other transcript of keys has none for', () => {
    const isUnused = (name: string): boolean =>
      ofVault.unused().includes(name) && ofHsm.unused().includes(name)
    assert.deepEqual(OF_KEY_POLICIES.filter(isUnused), [])
  })
})

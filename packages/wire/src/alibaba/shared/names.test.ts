import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatInstanceId, parseInstanceId } from './instance-id.ts'
import { isAliasName, isKeyId, isReservedAlias, parseKeyReference } from './key-names.ts'
import { formatKeyVersionId, parseKeyVersionId } from './key-version-id.ts'
import { formatResourceName, parseResourceName, RESOURCE_KINDS } from './resource-names.ts'

const KEY_ID = 'key-hzz62f1cb66fa42qo1234'
const UUID = '11111111-2222-4333-8444-555555555555'
const ARN = { region: 'cn-hangzhou', account: '1234567890123456' }

test('a key id is 25 characters, or a UUID', () => {
  assert.equal(KEY_ID.length, 25)
  assert.ok(isKeyId(KEY_ID) && isKeyId(UUID))
  const bad = ['', 'key-', `${KEY_ID}x`, KEY_ID.toUpperCase(), UUID.replace('1', 'A'), `${UUID}\n`]
  for (const text of bad) assert.ok(!isKeyId(text), text)
})

test('an alias has its prefix, its characters and at most 255 of them', () => {
  const long = (count: number): string => `alias/${'x'.repeat(count - 6)}`
  for (const text of ['alias/a', 'alias/A_b-c/d', long(255)]) assert.ok(isAliasName(text))
  const bad = ['alias/', 'a', 'Alias/a', 'alias/a b', 'alias/ä', long(256), 'alias/a\n']
  for (const text of bad) assert.ok(!isAliasName(text), text)
  assert.ok(isReservedAlias('alias/acs/rds') && !isReservedAlias('alias/mine'))
})

test('the names of resources come back as they were', () => {
  for (const kind of RESOURCE_KINDS) {
    const name = { ...ARN, kind, name: 'a/b' }
    const text = formatResourceName(name)
    assert.equal(text, `acs:kms:cn-hangzhou:1234567890123456:${kind}/a/b`)
    assert.deepEqual(parseResourceName(text), name)
  }
})

test('what is no name of a resource is refused', () => {
  const bad = [
    '',
    'acs:kms:cn-hangzhou:123:key/',
    'acs:kms:cn-hangzhou::key/a',
    'acs:kms::123:key/a',
    'acs:ram:cn-hangzhou:123:key/a',
    'acs:kms:cn-hangzhou:123:constructor/a',
    'acs:kms:cn-hangzhou:x:key/a',
    `acs:kms:cn-hangzhou:123:secret/${'x'.repeat(500)}`,
  ]
  for (const text of bad) assert.equal(parseResourceName(text), undefined, text)
})

test('a key is named by its id, an alias, or the name of either', () => {
  assert.deepEqual(parseKeyReference(KEY_ID), { kind: 'id', id: KEY_ID })
  assert.deepEqual(parseKeyReference('alias/demo'), { kind: 'alias', alias: 'alias/demo' })
  const key = { ...ARN, kind: 'key', name: UUID } as const
  assert.deepEqual(parseKeyReference(formatResourceName(key)), { kind: 'arn', arn: key })
  const alias = { ...ARN, kind: 'alias', name: 'demo' } as const
  assert.deepEqual(parseKeyReference(formatResourceName(alias)), { kind: 'arn', arn: alias })
  const bad = ['', 'demo', 'acs:kms:a:1:secret/x', 'acs:kms:a:1:key/demo', 'acs:kms:a:1:alias/ä']
  for (const text of bad) assert.equal(parseKeyReference(text), undefined, text)
})

test('the id of a version has 36 characters and leads back to its key', () => {
  const id = formatKeyVersionId(KEY_ID, '0123456789abcdef0123456789abcdef')
  assert.equal(id, `${KEY_ID}-0123456789`)
  assert.equal(id.length, 36)
  assert.deepEqual(parseKeyVersionId(id), { keyId: KEY_ID, versionPrefix: '0123456789' })
  for (const text of ['', UUID, KEY_ID, `${id}0`, id.slice(1), `${KEY_ID}-012345678G`]) {
    assert.equal(parseKeyVersionId(text), undefined, text)
  }
})

test('an instance is a vault', () => {
  assert.equal(formatInstanceId('default'), 'kst-default')
  assert.equal(parseInstanceId('kst-default'), 'default')
  for (const text of ['', 'kst-', 'default', 'kst-../x', 'kst-a b']) assert.equal(parseInstanceId(text), undefined)
})

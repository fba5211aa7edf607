import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

type Asked = Parameters<SharedDoorUnderTest['call']>

const SecretName = 'acs/ecs/web'
const OF_ACCOUNT = {
  SecretName,
  VersionId: 'v1',
  SecretType: 'ECS',
  SecretData: '{"UserName":"root","Password":"pw"}',
  ExtendedConfig: '{"SecretSubType":"Password","InstanceId":"i-1","RegionId":"cn-hangzhou"}',
} as const

async function world(): Promise<SharedDoorUnderTest> {
  const made = await sharedDoorUnderTest()
  assert.equal((await made.call('CreateSecret', OF_ACCOUNT)).status, 200)
  await made.call('CreateSecret', { SecretName: 'db', VersionId: 'v1', SecretData: 'hush' })
  return made
}

async function code({ call }: SharedDoorUnderTest, ...asked: Asked): Promise<string> {
  return (await call(...asked)).body.Code
}

describe('the rotation of an account', () => {
  it('is written down, and said not to come about', async () => {
    const { call } = await world()
    const rotation = async (): Promise<readonly string[]> => {
      const { body } = await call('DescribeSecret', { SecretName })
      return [body.AutomaticRotation, body.RotationInterval]
    }
    assert.deepEqual(await rotation(), ['Disabled', undefined])
    const policy = { SecretName, EnableAutomaticRotation: 'true', RotationInterval: '6h' }
    assert.deepEqual((await call('UpdateSecretRotationPolicy', policy)).body.SecretName, SecretName)
    assert.deepEqual(await rotation(), ['Invalid', '21600s'])
    await call('UpdateSecretRotationPolicy', { ...policy, RotationInterval: '8760h' })
    assert.deepEqual(await rotation(), ['Invalid', '31536000s'])
    await call('UpdateSecretRotationPolicy', { SecretName, EnableAutomaticRotation: 'false' })
    assert.deepEqual(await rotation(), ['Disabled', undefined])
  })

  it('is done when the version is there, and else refused', async () => {
    const made = await world()
    const { status, body } = await made.call('RotateSecret', { SecretName, VersionId: 'v1' })
    assert.deepEqual([status, body.SecretName, body.VersionId], [200, SecretName, 'v1'])
    assert.match(body.Arn, /:secret\/acs\/ecs\/web$/)
    const next = { SecretName, VersionId: 'v2' }
    assert.equal(await code(made, 'RotateSecret', next), 'Rejected.UnsupportedOperation')
  })

  it('leaves its versions to it, and those of a Generic secret to who owns that', async () => {
    const made = await world()
    const unfit = 'Rejected.UnsupportedOperation'
    const put = { SecretName, VersionId: 'v2', SecretData: '{"UserName":"root","Password":"new"}' }
    assert.equal(await code(made, 'PutSecretValue', put), unfit)
    const move = { SecretName, VersionStage: 'blue', MoveToVersion: 'v1' }
    assert.equal(await code(made, 'UpdateSecretVersionStage', move), unfit)
    const policy = { SecretName: 'db', EnableAutomaticRotation: true, RotationInterval: '7d' }
    assert.equal(await code(made, 'UpdateSecretRotationPolicy', policy), unfit)
    assert.equal(await code(made, 'RotateSecret', { SecretName: 'db', VersionId: 'v2' }), unfit)
  })

  it('is refused when it is malformed, or of no secret', async () => {
    const made = await world()
    const policy = { SecretName, EnableAutomaticRotation: true }
    assert.equal(await code(made, 'UpdateSecretRotationPolicy', policy), 'MissingParameter')
    for (const RotationInterval of ['5h', '8761h', '7', 'x', '1w', '-7d']) {
      const bad = { ...policy, RotationInterval }
      assert.equal(await code(made, 'UpdateSecretRotationPolicy', bad), 'InvalidParameter')
    }
    const none = { SecretName: 'none', EnableAutomaticRotation: false }
    assert.equal(await code(made, 'UpdateSecretRotationPolicy', none), 'Forbidden.ResourceNotFound')
    const rotate = { SecretName: 'none', VersionId: 'v1' }
    assert.equal(await code(made, 'RotateSecret', rotate), 'Forbidden.ResourceNotFound')
  })
})

describe('a random password', () => {
  const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[!-/:-@[-`{-~]/]

  it('has 32 characters of each kind, and is never the same', async () => {
    const { call } = await world()
    const seen = new Set<string>()
    for (let at = 0; at < 20; at++) {
      const { RandomPassword } = (await call('GetRandomPassword')).body
      assert.match(RandomPassword, /^[!-~]{32}$/)
      assert.ok(KINDS.every((kind) => kind.test(RandomPassword)))
      seen.add(RandomPassword)
    }
    assert.equal(seen.size, 20)
  })

  it('has what is asked for', async () => {
    const { call } = await world()
    const password = async (parameters: Asked[1]): Promise<string> =>
      (await call('GetRandomPassword', parameters)).body.RandomPassword
    assert.match(await password({ PasswordLength: 8 }), /^[!-~]{8}$/)
    assert.match(await password({ PasswordLength: 128 }), /^[!-~]{128}$/)
    assert.match(await password({ ExcludePunctuation: 'true', ExcludeNumbers: 'true' }), /^[A-Za-z]{32}$/)
    assert.match(await password({ ExcludeLowercase: true, ExcludeUppercase: true }), /^[^A-Za-z]{32}$/)
    const few = { ExcludeCharacters: 'abcdefghijklmnopqrstuvwxy012345678', PasswordLength: 8 }
    // One letter and one digit are left of their kinds, and each is there.
    for (let at = 0; at < 5; at++) {
      const made = await password(few)
      assert.ok(made.includes('z') && made.includes('9'), made)
    }
    const digits = { ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true }
    assert.match(await password({ ...digits, ExcludeCharacters: '012345678' }), /^9{32}$/)
    const any = { RequireEachIncludedType: false, ExcludeCharacters: 'x"\\' }
    assert.doesNotMatch(await password(any), /[x"\\]/)
  })

  it('has from 8 to 128 characters, of some kind', async () => {
    const made = await world()
    for (const bad of [
      { PasswordLength: 7 },
      { PasswordLength: 129 },
      { PasswordLength: 'x' },
      { ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true, ExcludeNumbers: true },
      { ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true, ExcludeCharacters: '0123456789' },
    ]) {
      assert.equal(await code(made, 'GetRandomPassword', bad), 'InvalidParameter', JSON.stringify(bad))
    }
  })
})

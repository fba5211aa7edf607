import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

type Asked = readonly [
  action: Parameters<SharedDoorUnderTest['call']>[0],
  parameters: Readonly<Record<string, string>>,
]

/**
 * A stranger is denied before it is looked whether the named is there, which none of these is; who may
 * is told so, or that a name cannot be one. Of what makes or lists, the denial alone is shown.
 */
export function forThoseAloneWhoMay(actions: readonly Asked[]): void {
  for (const [action, parameters] of actions) {
    test(`${action} is for those alone who may`, async () => {
      const { call } = await sharedDoorUnderTest()
      const { status, body } = await call(action, parameters, 'stranger')
      assert.deepEqual([status, body.Code], [403, 'Forbidden.NoPermission'])
      if (action.startsWith('Create') || action.startsWith('List')) return
      assert.equal((await call(action, parameters)).body.Code, 'Forbidden.ResourceNotFound')
      const named = await call(action, { ...parameters, Name: 'no name' })
      assert.equal(named.body.Code, 'InvalidParameter')
    })
  }
}

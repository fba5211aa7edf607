import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { actionMatches } from './action-matches.ts'
import { BUILT_IN_ROLES } from './built-in-roles.ts'
import { PERMISSIONS } from './permissions.ts'
import { ACTION_NAMES } from './provider-operations.ts'

describe('the table of provider operations', () => {
  it('has every action that an operation of the registry asks for, in its plane', () => {
    for (const { plane, action } of Object.values(PERMISSIONS)) {
      assert.ok(ACTION_NAMES[plane].includes(action), action)
    }
  })

  it('has something for everything that a built-in role names', () => {
    for (const role of BUILT_IN_ROLES.values()) {
      for (const [patterns, plane] of [
        [[...role.actions, ...role.notActions], 'control'],
        [[...role.dataActions, ...role.notDataActions], 'data'],
      ] as const) {
        for (const pattern of patterns) {
          const isKnown = ACTION_NAMES[plane].some((action) => actionMatches(pattern, action))
          assert.ok(isKnown, `${role.name}: ${pattern}`)
        }
      }
    }
  })

  it('names nothing twice', () => {
    for (const names of Object.values(ACTION_NAMES)) {
      assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length)
    }
  })
})

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { AssignmentCondition, type AssignmentFacts } from './assignment-condition.ts'
import { BUILT_IN_ROLES } from './built-in-roles.ts'
import { parseCondition } from './parse-condition.ts'

const WRITE = 'Microsoft.Authorization/roleAssignments/write'
const DELETE = 'Microsoft.Authorization/roleAssignments/delete'
const READ = 'Microsoft.Authorization/roleAssignments/read'
const ROLE = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId'
const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'

function condition(text: string): AssignmentCondition {
  const parsed = AssignmentCondition.parse(text)
  assert.ok(parsed !== undefined, text)
  return parsed
}

function facts(changes: Partial<AssignmentFacts> = {}): AssignmentFacts {
  return { source: 'Request', roleDefinition: SECRETS_USER, principal: randomUUID(), ...changes }
}

describe('a condition of a role assignment', () => {
  it('of the Data Access Administrator lets eight roles pass, given and taken', () => {
    const { condition: text = '' } = BUILT_IN_ROLES.get('8b54135c-b56d-4d72-a534-26097cfdc8d8') ?? {}
    const limit = condition(text)
    assert.equal(limit.holds(WRITE, facts()), true)
    assert.equal(limit.holds(WRITE, facts({ roleDefinition: OWNER })), false)
    assert.equal(limit.holds(DELETE, facts({ source: 'Resource' })), true)
    assert.equal(limit.holds(DELETE, facts({ source: 'Resource', roleDefinition: OWNER })), false)
    assert.equal(limit.holds(READ, undefined), true)
    assert.equal(limit.holds(WRITE, undefined), false)
  })

  it('can except roles and limit principals and their types', () => {
    const except = condition(
      `((!(ActionMatches{'${WRITE}'})) OR (@Request[${ROLE}] ForAnyOfAllValues:GuidNotEquals {${OWNER}} ` +
        "AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'User', 'Group'}))",
    )
    assert.equal(except.holds(WRITE, facts({ principalType: 'group' })), true)
    assert.equal(except.holds(WRITE, facts({ principalType: 'ServicePrincipal' })), false)
    assert.equal(except.holds(WRITE, facts()), false)
    assert.equal(except.holds(WRITE, facts({ principalType: 'User', roleDefinition: OWNER })), false)
  })

  it('does not hold by what is not known, put either way round', () => {
    for (const text of [
      `@Request[${ROLE}] GuidEquals '${OWNER}'`,
      `!(@Request[${ROLE}] GuidEquals '${OWNER}')`,
      `@Request[${ROLE}] GuidNotEquals '${OWNER}'`,
      `@Resource[${ROLE}] GuidNotEquals '${OWNER}'`,
    ]) {
      assert.equal(condition(text).holds(WRITE, undefined), false, text)
    }
    assert.equal(condition(`@Resource[${ROLE}] GuidNotEquals '${OWNER}'`).holds(WRITE, facts()), false)
  })

  it('is refused when anything in it cannot be enforced', () => {
    for (const text of [
      '',
      'true',
      `@Request[${ROLE}] GuidEquals`,
      `@Request[${ROLE}] GuidEquals {not-a-guid}`,
      `@Request[${ROLE}] StringEqualsIgnoreCase 'x'`,
      `@Request[${ROLE}] GuidEquals '${OWNER}' AND`,
      `(@Request[${ROLE}] GuidEquals '${OWNER}'`,
      `@Request[${ROLE}] GuidEquals '${OWNER}' extra`,
      "@Resource[Microsoft.KeyVault/vaults:name] StringEquals 'a'",
      "@Principal[x] StringEqualsIgnoreCase 'a'",
      "SubOperationMatches{'x'}",
      '('.repeat(5000),
      `${'!'.repeat(100)}ActionMatches{'a'}`,
      "ActionMatches{'a'} ".repeat(1000),
    ]) {
      assert.equal(AssignmentCondition.parse(text), undefined, text.slice(0, 60))
    }
  })

  it('is read or refused whatever it says, and never throws', () => {
    const piece = fc.constantFrom(
      '(', ')', '!', '{', '}', ',', ' AND ', ' OR ', 'ActionMatches', `'${WRITE}'`,
      `@Request[${ROLE}]`, ' ForAnyOfAnyValues:GuidEquals ', OWNER, "'", '@', 'constructor',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const node = parseCondition(pieces.join(''))
        const holds = AssignmentCondition.parse(pieces.join(''))?.holds(WRITE, undefined)
        assert.equal(node === undefined, holds === undefined)
      }),
    )
  })
})

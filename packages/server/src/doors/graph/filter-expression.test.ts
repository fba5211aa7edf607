import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseFilter, type FilterExpression, type FilterValue } from './filter-expression.ts'
import { matches } from './filter-match.ts'
import { GraphRefusal } from './graph-refusal.ts'

const property = fc.constantFrom('displayName', 'appId', 'id', 'tags')
const text = fc.string({ unit: 'binary', maxLength: 20 })
const value: fc.Arbitrary<FilterValue> = fc.oneof(text, fc.boolean(), fc.constant(null))

const leaf: fc.Arbitrary<FilterExpression> = fc.oneof(
  fc.record({
    kind: fc.constant('in' as const),
    property,
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('startswith' as const), property, value: text }),
  fc.record({ kind: fc.constant('any' as const), property, value }),
)
const { tree } = fc.letrec<{ tree: FilterExpression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      left: tie('tree'),
      right: tie('tree'),
    }),
    fc.record({ kind: fc.constant('not' as const), inner: tie('tree') }),
  ),
}))

function written(value: FilterValue): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

function textOf(expression: FilterExpression): string {
  switch (expression.kind) {
    case 'in':
      return expression.values.length === 1
        ? `${expression.property} eq ${expression.values.map(written).join()}`
        : `${expression.property}  in ( ${expression.values.map(written).join(' ,')})`
    case 'startswith':
      return `startswith(${expression.property},${written(expression.value)})`
    case 'any':
      return `${expression.property}/any(x:x eq ${written(expression.value)})`
    case 'not':
      return `not (${textOf(expression.inner)})`
    case 'and':
    case 'or':
      return `(${textOf(expression.left)}) ${expression.kind} (${textOf(expression.right)})`
  }
}

test('what is written is what is read', () => {
  fc.assert(
    fc.property(tree, (expression) => {
      // Its own objects have no prototype, which is none of the question.
      assert.deepEqual(parseFilter(textOf(expression)), structuredClone(expression))
    }),
  )
})

test('and binds before or, ne is not eq, words are known in any case', () => {
  const is = (filter: string, object: object) => matches(parseFilter(filter), { ...object })
  const filter = "a eq '1' or b eq '2' AND c eq '3'"
  assert.equal(is(filter, { a: '1' }), true)
  assert.equal(is(filter, { b: '2' }), false)
  assert.equal(is(filter, { b: '2', c: '3' }), true)
  assert.equal(is("a ne '1'", { a: '2' }), true)
  assert.equal(is("STARTSWITH(a, 'X')", { a: 'xyz' }), true)
  assert.equal(is('a eq null', {}), true)
  assert.equal(is('a eq true', { a: true }), true)
  assert.equal(is("a eq 'true'", { a: true }), false)
  assert.equal(is("a in ('1', '2')", { a: '2' }), true)
  assert.equal(is("a/any(x:x eq 'B')", { a: ['a', 'b'] }), true)
})

test('anything else is refused as a query that is not served, never a failure', () => {
  const refused = (thrown: unknown): boolean =>
    thrown instanceof GraphRefusal &&
    thrown.status === 400 &&
    thrown.code === 'Request_UnsupportedQuery'
  for (const filter of [
    '',
    ' ',
    'a',
    'a eq',
    "a gt '1'",
    "endswith(a,'b')",
    "a eq 'b",
    "a eq 'b' and",
    "(a eq 'b'",
    "a eq 'b')",
    'a eq 1',
    "a/any(x:y eq 'b')",
    "a/any(x:x gt 'b')",
    "a/all(x:x eq 'b')",
    'a in ()',
    'a eq b',
    'startswith(a,true)',
    '('.repeat(5000),
    'not '.repeat(1000),
    `a eq '${'x'.repeat(9000)}'`,
  ])
    assert.throws(() => parseFilter(filter), refused, filter.slice(0, 40))
  const noise = fc.oneof(
    text,
    fc
      .array(
        fc.constantFrom(
          "'a'",
          'a',
          'eq',
          'and',
          'not',
          '(',
          ')',
          ',',
          ':',
          'in',
          "'",
          '/any',
          'startswith',
        ),
        { maxLength: 30 },
      )
      .map((words) => words.join(' ')),
  )
  fc.assert(
    fc.property(noise, (filter) => {
      try {
        parseFilter(filter)
      } catch (thrown) {
        assert.ok(refused(thrown))
      }
    }),
    { numRuns: 2000 },
  )
})

test('as many conditions as fit are read and looked at', () => {
  const filter = Array.from({ length: 900 }, () => "a eq ''")
    .join(' and ')
    .slice(0, 8187)
  const whole = filter.slice(0, filter.lastIndexOf(' and '))
  assert.equal(matches(parseFilter(whole), { a: '' }), true)
})

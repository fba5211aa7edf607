import { isGuid } from '../identifier.ts'

/** A condition, taken apart. */
export type ConditionNode =
  | { readonly kind: 'and' | 'or'; readonly of: readonly ConditionNode[] }
  | { readonly kind: 'not'; readonly of: ConditionNode }
  | { readonly kind: 'action'; readonly pattern: string }
  | {
      readonly kind: 'compare'
      readonly source: 'Request' | 'Resource'
      readonly attribute: 'roleDefinition' | 'principal' | 'principalType'
      /** Whether the attribute must be one of the values, or none of them. */
      readonly equal: boolean
      /** Lower case. */
      readonly values: readonly string[]
    }

/** The service's limit is 8 KB. */
const MAXIMUM_CHARACTERS = 8192
const MAXIMUM_DEPTH = 32

const ATTRIBUTES = {
  roledefinitionid: 'roleDefinition',
  principalid: 'principal',
  principaltype: 'principalType',
} as const

/** Whether an operator wants equality, and whether of GUIDs or of texts. */
interface Operator {
  readonly equal: boolean
  readonly guids: boolean
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    'foranyofanyvalues:guidequals': { equal: true, guids: true },
    'foranyofallvalues:guidnotequals': { equal: false, guids: true },
    guidequals: { equal: true, guids: true },
    guidnotequals: { equal: false, guids: true },
    'foranyofanyvalues:stringequalsignorecase': { equal: true, guids: false },
    'foranyofallvalues:stringnotequalsignorecase': { equal: false, guids: false },
    stringequalsignorecase: { equal: true, guids: false },
    stringnotequalsignorecase: { equal: false, guids: false },
  }),
)

const ATTRIBUTE =
  /^@(Request|Resource)\[Microsoft\.Authorization\/roleAssignments:([A-Za-z]+)\]$/i
const TOKEN = /\s*(?:([()!{},])|'([^']*)'|(@[A-Za-z]+\[[^\]]*\])|([0-9A-Za-z:-]+))/y

interface Token {
  readonly kind: 'mark' | 'text' | 'attribute' | 'word'
  readonly value: string
}

/** Takes a condition apart. @returns `undefined` when it says anything that is not understood. */
export function parseCondition(text: string): ConditionNode | undefined {
  const tokens = text.length <= MAXIMUM_CHARACTERS ? tokensOf(text) : undefined
  if (tokens === undefined) return undefined
  const parser = new Parser(tokens)
  const node = parser.either(0)
  return parser.isDone ? node : undefined
}

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  const trimmed = text.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < trimmed.length) {
    const found = TOKEN.exec(trimmed)
    if (found === null) return undefined
    const [, mark, quoted, attribute, word] = found
    if (mark !== undefined) tokens.push({ kind: 'mark', value: mark })
    else if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted })
    else if (attribute !== undefined) tokens.push({ kind: 'attribute', value: attribute })
    else tokens.push({ kind: 'word', value: word ?? '' })
  }
  return tokens
}

/** Each method takes what it names, or gives `undefined`, with which the whole ends. */
class Parser {
  readonly #tokens: readonly Token[]
  #position = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get isDone(): boolean {
    return this.#position === this.#tokens.length
  }

  either(depth: number): ConditionNode | undefined {
    return this.#joined('or', () => this.#joined('and', () => this.#single(depth + 1)))
  }

  #joined(
    kind: 'and' | 'or',
    next: () => ConditionNode | undefined,
  ): ConditionNode | undefined {
    const of: ConditionNode[] = []
    do {
      const node = next()
      if (node === undefined) return undefined
      of.push(node)
    } while (this.#takeWord(kind))
    const [only] = of
    return of.length === 1 ? only : { kind, of }
  }

  #single(depth: number): ConditionNode | undefined {
    if (depth > MAXIMUM_DEPTH) return undefined
    if (this.#takeMark('!')) {
      const of = this.#single(depth + 1)
      return of && { kind: 'not', of }
    }
    if (this.#takeMark('(')) {
      const node = this.either(depth + 1)
      return this.#takeMark(')') ? node : undefined
    }
    return this.#takeWord('actionmatches') ? this.#action() : this.#comparison()
  }

  #action(): ConditionNode | undefined {
    const [pattern, ...more] = this.#values() ?? []
    return pattern === undefined || more.length > 0 ? undefined : { kind: 'action', pattern }
  }

  #comparison(): ConditionNode | undefined {
    const [, source, name] = ATTRIBUTE.exec(this.#take('attribute') ?? '') ?? []
    const lower = name?.toLowerCase()
    const operator = OPERATORS.get((this.#take('word') ?? '').toLowerCase())
    if (lower === undefined || !isAttribute(lower) || operator === undefined) return undefined
    const single = this.#take('text')
    const values = single === undefined ? this.#values() : [single]
    if (values === undefined || operator.guids !== (lower !== 'principaltype')) return undefined
    if (operator.guids && !values.every(isGuid)) return undefined
    return {
      kind: 'compare',
      source: source?.toLowerCase() === 'request' ? 'Request' : 'Resource',
      attribute: ATTRIBUTES[lower],
      equal: operator.equal,
      values: values.map((value) => value.toLowerCase()),
    }
  }

  /** One or more in braces, with or without quotation marks. */
  #values(): readonly string[] | undefined {
    if (!this.#takeMark('{')) return undefined
    const values: string[] = []
    do {
      const value = this.#take('text') ?? this.#take('word')
      if (value === undefined) return undefined
      values.push(value)
    } while (this.#takeMark(','))
    return this.#takeMark('}') ? values : undefined
  }

  #take(kind: Token['kind']): string | undefined {
    const token = this.#tokens[this.#position]
    if (token?.kind !== kind) return undefined
    this.#position++
    return token.value
  }

  #takeMark(mark: string): boolean {
    return this.#takeIf('mark', mark)
  }

  #takeWord(word: string): boolean {
    return this.#takeIf('word', word)
  }

  #takeIf(kind: Token['kind'], value: string): boolean {
    const token = this.#tokens[this.#position]
    if (token?.kind !== kind || token.value.toLowerCase() !== value) return false
    this.#position++
    return true
  }
}

function isAttribute(name: string): name is keyof typeof ATTRIBUTES {
  return Object.hasOwn(ATTRIBUTES, name)
}

import { unsupportedQuery } from './graph-refusal.ts'

/** What a text, a truth value or null is compared with. */
export type FilterValue = string | boolean | null

/** A condition of `$filter`, as far as it is served. */
export type FilterExpression =
  | {
      readonly kind: 'and' | 'or'
      readonly left: FilterExpression
      readonly right: FilterExpression
    }
  | { readonly kind: 'not'; readonly inner: FilterExpression }
  | { readonly kind: 'in'; readonly property: string; readonly values: readonly FilterValue[] }
  | { readonly kind: 'startswith'; readonly property: string; readonly value: string }
  /** Of a list: one of its items is this. */
  | { readonly kind: 'any'; readonly property: string; readonly value: FilterValue }

const LONGEST_FILTER = 8192
const DEEPEST_FILTER = 20
// In this order: a text, a word, a sign.
const TOKENS = /\s*(?:'((?:[^']|'')*)'|([A-Za-z_][\w/]*)|([(),:]))\s*/gy

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string }

/**
 * Reads a `$filter` (OData 4.01 §5.1.1.1): eq, ne, in, startswith, any with eq, and, or, not. Written
 * by hand, because the parsers on npm take the whole language, whose rest would have to be refused
 * again, node by node.
 * @throws GraphRefusal for anything else, and for more than a person or a program would write.
 */
export function parseFilter(text: string): FilterExpression {
  if (text.length > LONGEST_FILTER) {
    throw unsupportedQuery(`The filter may have ${LONGEST_FILTER} characters at most.`)
  }
  const parser = new FilterParser(tokensOf(text))
  return parser.whole()
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const found of text.matchAll(TOKENS)) {
    const [all, quoted, word, sign] = found
    end = found.index + all.length
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'") })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
  }
  if (end === text.length && tokens.length > 0) return tokens
  throw invalid(`there is something at position ${end} that is not understood`)
}

class FilterParser {
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): FilterExpression {
    const expression = this.#either(0)
    if (this.#next < this.#tokens.length) throw invalid('there is more behind its end')
    return expression
  }

  #either(depth: number): FilterExpression {
    let left = this.#both(depth)
    while (this.#takeWord('or')) left = { kind: 'or', left, right: this.#both(depth) }
    return left
  }

  #both(depth: number): FilterExpression {
    let left = this.#one(depth)
    while (this.#takeWord('and')) left = { kind: 'and', left, right: this.#one(depth) }
    return left
  }

  #one(depth: number): FilterExpression {
    if (depth >= DEEPEST_FILTER) throw unsupportedQuery('The filter has too many levels.')
    if (this.#takeWord('not')) return { kind: 'not', inner: this.#one(depth + 1) }
    if (this.#takeSign('(')) {
      const inner = this.#either(depth + 1)
      this.#demandSign(')')
      return inner
    }
    const word = this.#demandWord()
    if (word.toLowerCase() === 'startswith') return this.#startsWith()
    return word.toLowerCase().endsWith('/any')
      ? this.#any(word.slice(0, -4))
      : this.#comparison(word)
  }

  #startsWith(): FilterExpression {
    this.#demandSign('(')
    const property = this.#demandWord()
    this.#demandSign(',')
    const value = this.#demandValue()
    this.#demandSign(')')
    if (typeof value !== 'string') throw invalid('startswith takes a text')
    return { kind: 'startswith', property, value }
  }

  #any(property: string): FilterExpression {
    this.#demandSign('(')
    const variable = this.#demandWord()
    this.#demandSign(':')
    const named = this.#demandWord()
    if (named !== variable || !this.#takeWord('eq')) {
      throw unsupportedQuery(
        "Of the conditions in any(), only 'eq' of the variable itself is served.",
      )
    }
    const value = this.#demandValue()
    this.#demandSign(')')
    return { kind: 'any', property, value }
  }

  #comparison(property: string): FilterExpression {
    if (this.#takeWord('eq')) return { kind: 'in', property, values: [this.#demandValue()] }
    if (this.#takeWord('ne')) {
      return { kind: 'not', inner: { kind: 'in', property, values: [this.#demandValue()] } }
    }
    if (!this.#takeWord('in')) {
      throw unsupportedQuery(
        'The operators that are served are eq, ne, in, startswith, any, and, or, not.',
      )
    }
    this.#demandSign('(')
    const values = [this.#demandValue()]
    while (this.#takeSign(',')) values.push(this.#demandValue())
    this.#demandSign(')')
    return { kind: 'in', property, values }
  }

  #demandValue(): FilterValue {
    const token = this.#tokens[this.#next]
    this.#next += 1
    if (token?.kind === 'text') return token.text
    const word = token?.kind === 'word' ? token.text.toLowerCase() : ''
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    throw invalid("a value must be a text in '…', true, false or null")
  }

  #demandWord(): string {
    const token = this.#tokens[this.#next]
    this.#next += 1
    if (token?.kind === 'word') return token.text
    throw invalid('a property must be named')
  }

  #takeWord(word: string): boolean {
    return this.#take('word', word)
  }

  #takeSign(sign: string): boolean {
    return this.#take('sign', sign)
  }

  #take(kind: Token['kind'], text: string): boolean {
    const token = this.#tokens[this.#next]
    const isIt = token?.kind === kind && token.text.toLowerCase() === text
    if (isIt) this.#next += 1
    return isIt
  }

  #demandSign(sign: string): void {
    if (!this.#takeSign(sign)) throw invalid(`'${sign}' is missing`)
  }
}

function invalid(what: string): Error {
  return unsupportedQuery(`Invalid filter clause: ${what}.`)
}

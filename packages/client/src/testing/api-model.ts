/** What TypeDoc says of a symbol, as far as it is looked at here. */
export interface ApiSymbol {
  readonly id?: number
  readonly name: string
  readonly kind?: number
  comment?: ApiComment
  readonly children?: readonly ApiSymbol[]
  readonly signatures?: readonly ApiSymbol[]
  readonly parameters?: readonly ApiSymbol[]
  readonly type?: ApiType
  /** Of the whole model: where each symbol stands, by its id. */
  readonly symbolIdMap?: Readonly<Record<string, { readonly packagePath: string }>>
}

interface ApiComment {
  readonly summary: readonly ApiText[]
  readonly blockTags?: readonly { readonly tag: string; readonly content: readonly ApiText[] }[]
}

interface ApiText {
  readonly text: string
}

interface ApiType {
  readonly type: string
  readonly name?: string
  readonly value?: unknown
  readonly types?: readonly ApiType[]
  readonly typeArguments?: readonly ApiType[]
  readonly elementType?: ApiType
  readonly target?: ApiType
  readonly declaration?: ApiSymbol
}

const CLASS = 128

/** A symbol by its names, from the outermost on. @throws Error when it is not there. */
export function symbolAt(model: ApiSymbol, ...names: readonly string[]): ApiSymbol {
  let found = model
  for (const name of names) {
    const child = found.children?.find((child) => child.name === name)
    if (child === undefined) throw new Error(`There is no ${names.join('.')}.`)
    found = child
  }
  return found
}

/** The signatures of a method, which a property of a function's type has too. */
export function signaturesOf({ signatures, type }: ApiSymbol): readonly ApiSymbol[] {
  return signatures ?? type?.declaration?.signatures ?? []
}

/** What the tags of this name say. TypeDoc makes one tag with a list of several `@see`. */
export function tagged({ comment }: ApiSymbol, tag: '@throws' | '@see'): readonly string[] {
  const tags = comment?.blockTags?.filter((block) => block.tag === tag) ?? []
  return tags.flatMap(({ content }) =>
    textOf(content)
      .split(/\n(?! )|\n(?= - )/)
      .map((line) => line.replace(/^ *- /, '').trim()),
  )
}

/** What a comment says before its tags. */
export function summaryOf({ comment }: ApiSymbol): string {
  return textOf(comment?.summary ?? [])
}

function textOf(parts: readonly ApiText[]): string {
  return parts.map(({ text }) => text).join('').trim()
}

/** What is exported, each with the path of its file. */
export function exportsOf(model: ApiSymbol): readonly (readonly [path: string, ApiSymbol])[] {
  const exported = (model.children ?? []).flatMap(({ children = [] }) => children)
  return exported.map((symbol) => [model.symbolIdMap?.[symbol.id ?? '']?.packagePath ?? '', symbol])
}

/** The names of all exported classes of errors. */
export function errorClasses(model: ApiSymbol): ReadonlySet<string> {
  const names = exportsOf(model).map(([, { kind, name }]) => (kind === CLASS ? name : ''))
  return new Set(names.filter((name) => name.endsWith('Error')))
}

/** Whether values of a type are numbers, or may be. */
export function isNumeric(type: ApiType | undefined): boolean {
  if (type === undefined) return false
  if (type.type === 'union') return type.types?.some(isNumeric) ?? false
  return type.name === 'number' || typeof type.value === 'number'
}

/** Every member and parameter of the public interface, however deep, with its path. */
export function* membersOf(symbol: ApiSymbol, path = ''): Generator<[string, ApiSymbol]> {
  for (const child of symbol.children ?? []) {
    const childPath = path === '' ? child.name : `${path}.${child.name}`
    yield [childPath, child]
    yield* membersOf(child, childPath)
  }
  for (const signature of symbol.signatures ?? []) {
    for (const parameter of signature.parameters ?? []) {
      // A parameter may be described where the method is.
      const comment = parameter.comment ?? signature.comment
      const described = comment === undefined ? parameter : { ...parameter, comment }
      yield [`${path}(${parameter.name})`, described]
      yield* membersOfType(parameter.type, `${path}(${parameter.name})`)
    }
    yield* membersOfType(signature.type, path)
  }
  yield* membersOfType(symbol.type, path)
}

function* membersOfType(type: ApiType | undefined, path: string): Generator<[string, ApiSymbol]> {
  if (type === undefined) return
  const { types = [], typeArguments = [], elementType, target, declaration } = type
  if (declaration !== undefined) yield* membersOf(declaration, path)
  for (const inner of [...types, ...typeArguments, elementType, target]) {
    yield* membersOfType(inner, path)
  }
}

import type { ScopedGrant } from './role.ts'
import { scopeAncestors } from './scope-ancestors.ts'

/**
 * The grants of a principal by their scopes, so that a decision looks only at those that stand at
 * or above what it is about: with ten thousand elsewhere it takes no longer than with one.
 */
export class Grants implements Iterable<ScopedGrant> {
  readonly #all: readonly ScopedGrant[]
  readonly #byScope = new Map<string, ScopedGrant[]>()

  constructor(all: readonly ScopedGrant[]) {
    this.#all = all
    const seen = new Set<string>()
    for (const grant of all) {
      const scope = grant.scope.toLowerCase()
      // A second one of the same role without a condition decides nothing that the first does not.
      const isPlain =
        grant.condition === undefined && grant.networks === undefined && grant.exact !== true
      const name = `${grant.roleDefinition.toLowerCase()} ${scope}`
      if (isPlain && seen.has(name)) continue
      if (isPlain) seen.add(name)
      const there = this.#byScope.get(scope)
      if (there === undefined) this.#byScope.set(scope, [grant])
      else there.push(grant)
    }
  }

  /** Every one, in the order in which they were given. */
  [Symbol.iterator](): Iterator<ScopedGrant> {
    return this.#all[Symbol.iterator]()
  }

  /** Those that cover a scope by their own, from the widest on. */
  *covering(scope: string): Generator<ScopedGrant> {
    const own = scope.toLowerCase()
    for (const ancestor of scopeAncestors(scope)) {
      for (const grant of this.#byScope.get(ancestor) ?? []) {
        if (grant.exact !== true || ancestor === own) yield grant
      }
    }
  }
}

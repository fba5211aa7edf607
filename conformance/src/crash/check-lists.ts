import type { Ledger } from './ledger.ts'
import { lastSegment } from './noun.ts'
import type { Identified } from './object-state.ts'
import type { Observer } from './observer.ts'

/** Compares the lists of the vault with the objects as they were read one by one. */
export async function checkLists<Version extends Identified>(
  observer: Observer,
  ledger: Ledger<Version>,
): Promise<void> {
  const { collection } = ledger.noun
  await checkList(observer, ledger, `/${collection}`, 'live')
  await checkList(observer, ledger, `/deleted${collection}`, 'deleted')
}

async function checkList<Version extends Identified>(
  observer: Observer,
  ledger: Ledger<Version>,
  path: string,
  standing: 'live' | 'deleted',
): Promise<void> {
  const { noun } = ledger
  const expected = ledger.names.filter((name) => ledger.state(name).standing === standing)
  const items = await observer.list(path)
  const nameOf = (item: (typeof items)[number]): string => lastSegment(noun.idOf(item))
  const listed = items.map(nameOf).filter((name) => name.startsWith('crash-'))
  if (JSON.stringify([...listed].sort()) !== JSON.stringify([...expected].sort())) {
    throw new Error(`${path} lists ${listed.length}; ${expected.length} are ${standing}.`)
  }
  for (const item of items) {
    const head = ledger.state(nameOf(item)).versions.at(-1)
    if (head !== undefined && !noun.sameMarks(head, noun.versionOf(item))) {
      throw new Error(`${path} lists ${nameOf(item)} with marks of another version.`)
    }
  }
}

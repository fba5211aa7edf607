import type { Ledger } from './ledger.ts'
import { lastSegment, type Observer } from './observe.ts'

/** Compares the lists of the vault with the secrets as they were read one by one. */
export async function checkLists(observer: Observer, ledger: Ledger): Promise<void> {
  await checkList(observer, ledger, '/secrets', 'live')
  await checkList(observer, ledger, '/deletedsecrets', 'deleted')
}

async function checkList(
  observer: Observer,
  ledger: Ledger,
  path: string,
  standing: 'live' | 'deleted',
): Promise<void> {
  const expected = ledger.names.filter((name) => ledger.state(name).standing === standing)
  const items = await observer.list(path)
  const listed = items.map(lastSegment).filter((name) => name.startsWith('crash-'))
  if (JSON.stringify([...listed].sort()) !== JSON.stringify([...expected].sort())) {
    throw new Error(`${path} lists ${listed.length} secrets; ${expected.length} are ${standing}.`)
  }
  for (const item of items) {
    const head = ledger.state(lastSegment(item)).versions.at(-1)
    if (head !== undefined && item['contentType'] !== head.contentType) {
      throw new Error(`${path} lists ${lastSegment(item)} with marks of another version.`)
    }
  }
}

import { adminCommandDocs, adminCommandPage } from '../admin-command-docs.ts'
import { configurationDocs, configurationPage } from '../configuration-docs.ts'
import { algorithmsPage } from './algorithms-page.ts'
import { faultsPage } from './faults-page.ts'
import { parityPage } from './parity-page.ts'
import { permissionsPage } from './permissions-page.ts'

/** A page of the documentation that is made from the code. */
export interface GeneratedPage {
  readonly file: URL
  readonly render: () => string
}

const MARK = '<!-- Made from the code by "npm run docs"; not by hand. -->\n'

function reference(name: string, render: () => string): GeneratedPage {
  const file = new URL(`../../../../docs/${name}`, import.meta.url)
  return { file, render: () => MARK + render() }
}

/** All of them; `npm run docs` writes them and a test holds that the committed ones are current. */
export const GENERATED_PAGES: readonly GeneratedPage[] = [
  { file: configurationPage, render: configurationDocs },
  { file: adminCommandPage, render: adminCommandDocs },
  reference('reference/permissions.md', permissionsPage),
  reference('reference/faults.md', faultsPage),
  reference('reference/algorithms.md', algorithmsPage),
  reference('parity.md', parityPage),
]

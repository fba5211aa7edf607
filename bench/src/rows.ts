import { bareRoute } from './rows/bare-route.ts'
import { getSecret } from './rows/get-secret.ts'
import { listSecrets } from './rows/list-secrets.ts'
import type { Row } from './rows/row.ts'
import { setSecret } from './rows/set-secret.ts'

/** Everything the bench measures against a limit, in the order of the report. */
export const ROWS: readonly Row[] = [bareRoute, getSecret, setSecret, listSecrets]

/** @throws Error that names what there is */
export function rowNamed(name: string): Row {
  const found = ROWS.find((row) => row.name === name)
  if (found !== undefined) return found
  throw new Error(`No row is called ${name}; there are ${ROWS.map((row) => row.name).join(', ')}.`)
}

import { API_VERSION } from './api-version.ts'
import type { Row } from './row.ts'

const PAGE = 25

/** The first page of the secrets of a vault. */
export const listSecrets: Row = {
  name: 'list-secrets',
  target: 0.7,
  request: () => ({
    method: 'GET',
    paths: [`/secrets?${API_VERSION}&maxresults=${PAGE}`],
    status: 200,
  }),
  perform: (vault, call) => vault.secrets.list(call, { vault: 'default', maximumResults: PAGE }),
}

import { API_VERSION } from './api-version.ts'
import { PATHS } from './paths.ts'
import type { Row } from './row.ts'

/** The current version of a secret, any of those in the vault. */
export const getSecret: Row = {
  name: 'get-secret',
  target: 0.7,
  request: ({ names }) => ({
    method: 'GET',
    paths: names.sample(PATHS).map((name) => `/secrets/${name}?${API_VERSION}`),
    status: 200,
  }),
  perform: (vault, call, name) =>
    vault.secrets.get(call, { secret: { vault: 'default', name } }),
}

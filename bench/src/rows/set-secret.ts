import { Secret } from '@claviger/vault'
import { API_VERSION } from './api-version.ts'
import { PATHS } from './paths.ts'
import type { Row } from './row.ts'
import { CONTENT_TYPE, SECRET_VALUE } from './secret-value.ts'

/** A new version of a secret, any of those in the vault. */
export const setSecret: Row = {
  name: 'set-secret',
  target: 0.7,
  request: ({ names }) => ({
    method: 'PUT',
    paths: names.sample(PATHS).map((name) => `/secrets/${name}?${API_VERSION}`),
    body: JSON.stringify({ value: SECRET_VALUE, contentType: CONTENT_TYPE }),
    status: 200,
  }),
  perform: (vault, call, name) =>
    vault.secrets.set(call, {
      secret: { vault: 'default', name },
      value: Secret.fromText(SECRET_VALUE),
      contentType: CONTENT_TYPE,
    }),
}

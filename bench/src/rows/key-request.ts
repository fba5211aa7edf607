import { API_VERSION } from './api-version.ts'
import type { RowRequest } from './row.ts'

/** A cryptographic operation with the current version of a key of the vault `default`. */
export function keyRequest(
  key: string,
  operation: string,
  body: Readonly<Record<string, string>>,
): RowRequest {
  return {
    method: 'POST',
    paths: [`/keys/${key}//${operation}?${API_VERSION}`],
    body: JSON.stringify(body),
    status: 200,
  }
}

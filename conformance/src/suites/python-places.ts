import type { TestServerOptions } from '../server/test-server.ts'

/** Where Python programs meet the server: by the URL of connect.env, and by Azure's own names. */
export const PYTHON_PLACES: Readonly<Record<string, TestServerOptions>> = {
  'localhost:8443': {},
  'azure.net': { domain: 'azure.net', port: 443 },
}

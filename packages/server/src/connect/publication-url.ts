import type { Config } from '../config.ts'

/** The port that URLs leave out. */
const HTTP_PORT = 80

/**
 * Where certificates say that their authority publishes; `undefined` when it does not.
 * @param port the one in use: the configured one may be 0, any free one.
 */
export function publicationUrl(
  { pkiUrl, domain }: Pick<Config, 'pkiUrl' | 'domain'>,
  port: number | undefined,
): string | undefined {
  if (pkiUrl !== undefined || port === undefined) return pkiUrl
  // Not every resolver knows names below `localhost`.
  const host = domain === 'localhost' ? domain : `pki.${domain}`
  return port === HTTP_PORT ? `http://${host}` : `http://${host}:${port}`
}

/**
 * The value of `WWW-Authenticate` that every client of the service can read: the scheme in this
 * case, quoted values, a comma and one space between them, no other parameters.
 * @param authorization `https://host[:port]/tenant`, nothing after the tenant: clients take the
 *   whole path for it.
 * @param resource `https://host[:port]` without a final slash: clients append `/.default`.
 */
export function challenge(authorization: string, resource: string): string {
  return `Bearer authorization="${authorization}", resource="${resource}"`
}

/**
 * The region that a host of the shared gateway names: `kms.<region>.<domain>`, and
 * `kms-vpc.<region>.<domain>` for programs that were inside a VPC. `undefined` for any other host.
 */
export function regionOfHost(
  host: string,
  { domain, regions }: { readonly domain: string; readonly regions: readonly string[] },
): string | undefined {
  for (const prefix of ['kms.', 'kms-vpc.']) {
    const end = `.${domain}`
    if (!host.startsWith(prefix) || !host.endsWith(end)) continue
    const region = host.slice(prefix.length, -end.length)
    if (regions.includes(region)) return region
  }
  return undefined
}

/** Whether a host is that of the token service: `sts.<domain>`, `sts.<region>.<domain>`. */
export function isStsHost(
  host: string,
  { domain, regions }: { readonly domain: string; readonly regions: readonly string[] },
): boolean {
  return host === `sts.${domain}` || regions.some((region) => host === `sts.${region}.${domain}`)
}

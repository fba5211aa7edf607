import { alibaba } from '@claviger/wire'

/**
 * The vault that a host of an instance gateway names, `kst-<vault>.cryptoservice.kms.<domain>`;
 * `undefined` for any other host.
 */
export function instanceOfHost(host: string, domain: string): string | undefined {
  const end = `.cryptoservice.kms.${domain}`
  return host.endsWith(end) ? alibaba.shared.parseInstanceId(host.slice(0, -end.length)) : undefined
}

import { AcmeFailure } from './acme-failure.ts'
import type { ChallengeSolver } from './challenge.ts'

/** What this server can prove names with; `undefined` for what the operator has not set up. */
export interface ChallengeSolvers {
  readonly http: ChallengeSolver | undefined
  readonly dns: ChallengeSolver | undefined
}

/**
 * How the names of an order are proved: as the policy says; else by DNS where HTTP cannot, which is
 * for wildcards (RFC 8555 §7.1.3) or without a port, and by HTTP where it can.
 * @param wanted `cty` of the policy's issuer.
 * @throws AcmeFailure that says what to change.
 */
export function chooseSolver(
  { http, dns }: ChallengeSolvers,
  wanted: string | undefined,
  dnsNames: readonly string[],
): ChallengeSolver {
  const wildcard = dnsNames.find((name) => name.startsWith('*.'))
  switch (wanted ?? (wildcard !== undefined || http === undefined ? 'dns-01' : 'http-01')) {
    case 'http-01':
      if (wildcard !== undefined) {
        throw new AcmeFailure(
          `${wildcard} can be proved by DNS alone: set cty in the issuer of the policy to dns-01.`,
        )
      }
      return http ?? refuse('http-01', 'CLAVIGER_PKI_PORT is off')
    case 'dns-01':
      return dns ?? refuse('dns-01', 'CLAVIGER_ACME_DNS_HOOK names no program')
    default:
      throw new AcmeFailure('The cty in the issuer of the policy must be http-01 or dns-01.')
  }
}

function refuse(type: string, reason: string): never {
  throw new AcmeFailure(`This server cannot prove names by ${type}: ${reason}.`)
}

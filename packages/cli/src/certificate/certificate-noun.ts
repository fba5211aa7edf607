import { CertificateClient, parseKeyVaultCertificateIdentifier } from '@claviger/client/azure'
import type { CommandContext } from '../command-context.ts'
import type { LivingNoun } from '../objects/life-commands.ts'
import { columnsOf } from '../objects/life-commands.ts'
import type { Columns } from '../output/table.ts'
import { certificateSource } from './certificate-source.ts'

/** What the commands of certificates are made with. */
export interface CertificateNoun extends LivingNoun {
  readonly clientOf: (vaultUrl: string) => CertificateClient
  /** What a table of whole certificates shows. */
  readonly columns: Columns
}

/** Certificates, and who asks for them. */
export function certificateNoun(context: CommandContext): CertificateNoun {
  const { credential, clientOptions, say } = context
  const clientOf = (vaultUrl: string): CertificateClient =>
    new CertificateClient(vaultUrl, credential, clientOptions)
  return {
    name: 'certificate',
    word: say('certificate'),
    parseId: parseKeyVaultCertificateIdentifier,
    leftOut: 'pending',
    sourceOf: (vaultUrl) => certificateSource(clientOf(vaultUrl)),
    clientOf,
    columns: { ...columnsOf(context), [say('titleThumbprint')]: 'x509ThumbprintHex' },
  }
}

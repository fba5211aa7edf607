import {
  Fault,
  Secret,
  systemCall,
  type Call,
  type Clock,
  type TlsRole,
  type Vault,
} from '@claviger/vault'
import type { Config } from '../config.ts'
import type { ServerKeyPair } from '../listener.ts'
import { settings } from '../settings.ts'
import {
  covers,
  createAuthority,
  issueServerCertificate,
  renewalDue,
  type Authority,
  type ServerCertificate,
} from '../tls/certificate-authority.ts'
import { operatorCertificate } from '../tls/operator-certificate.ts'
import { privateKeyPem } from '../tls/private-key-pem.ts'
import { serverNames } from '../tls/server-names.ts'
import { writeTrustBundle, type TrustBundle } from '../tls/trust-bundle.ts'

/** What the listeners serve, and what clients must trust for it. */
export interface TlsState {
  readonly keyPair: ServerKeyPair
  /** Absent when the operator's own certificate is served. */
  readonly trust: TrustBundle | undefined
}

/**
 * Keeps the server's certificate in order: the operator's files as they are, or a certificate of the
 * server's own CA, made anew before it expires or when the names it must cover have changed. Keys
 * are sealed in the store; only what is public is a file.
 */
export class TlsKeeper {
  readonly #vault: Vault
  readonly #config: Config
  readonly #clock: Clock

  constructor(vault: Vault, config: Config, clock: Clock) {
    this.#vault = vault
    this.#config = config
    this.#clock = clock
  }

  /** @throws StartError when the operator's files cannot be used. */
  async current(): Promise<TlsState> {
    const { tlsCertFile, tlsKeyFile, dataDir } = this.#config
    if (tlsCertFile !== undefined && tlsKeyFile !== undefined) {
      return { keyPair: await operatorCertificate(tlsCertFile, tlsKeyFile), trust: undefined }
    }
    const authority = await this.#authority()
    const { certificatePem, privateKeyPkcs8 } = await this.#serverCertificate(authority)
    return {
      keyPair: {
        certificate: `${certificatePem.trimEnd()}\n${authority.certificatePem.trimEnd()}\n`,
        key: privateKeyPem(privateKeyPkcs8),
      },
      trust: await writeTrustBundle(dataDir, authority.certificatePem),
    }
  }

  /**
   * Replaces the server's own CA, by an operation of the operator; `current` then issues its
   * certificate. Clients must trust the new one before they can connect again.
   * @throws Fault InvalidInput when the operator's own certificate is served.
   */
  async replaceAuthority(call: Call): Promise<void> {
    if (this.#config.tlsCertFile !== undefined) {
      const reason = 'the server has a certificate of your own; replace that in its files'
      throw new Fault('InvalidInput', { property: settings.tlsCertFile.variable, reason })
    }
    await this.#write('authority', await createAuthority(this.#clock.now()), call)
  }

  async #authority(): Promise<Authority> {
    const known = await this.#read('authority')
    if (known !== undefined && !renewalDue(known.certificatePem, this.#clock.now())) return known
    const made = await createAuthority(this.#clock.now())
    await this.#write('authority', made)
    return made
  }

  async #serverCertificate(authority: Authority): Promise<ServerCertificate> {
    const names = serverNames(this.#config)
    const known = await this.#read('server')
    const now = this.#clock.now()
    if (
      known !== undefined &&
      !renewalDue(known.certificatePem, now) &&
      covers(known.certificatePem, authority, names)
    ) {
      return known
    }
    const made = await issueServerCertificate(authority, names, now)
    await this.#write('server', made)
    return made
  }

  async #read(role: TlsRole): Promise<Authority | undefined> {
    const material = await this.#vault.tls.get(systemCall('tls'), { role })
    if (material === undefined) return undefined
    return {
      certificatePem: material.certificate,
      privateKeyPkcs8: Uint8Array.from(material.privateKey.reveal()),
    }
  }

  async #write(
    role: TlsRole,
    { certificatePem, privateKeyPkcs8 }: Authority,
    call = systemCall('tls'),
  ): Promise<void> {
    const material = { certificate: certificatePem, privateKey: new Secret(privateKeyPkcs8) }
    await this.#vault.tls.set(call, { role, material })
  }
}

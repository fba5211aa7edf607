/** What an authority publishes, as the last word of its path. */
export type Publication = 'crl' | 'cer' | 'ocsp'

/** What a path of the PKI port asks for. */
export type PkiPath =
  | { readonly kind: 'challenge'; readonly token: string }
  | {
      readonly kind: 'publication'
      readonly vault: string
      /** The id of its key: 40 lower-case hexadecimal digits. */
      readonly authority: string
      readonly publication: Publication
      /** An OCSP request in the path (RFC 6960 appendix A.1), still percent-encoded. */
      readonly encoded?: string
    }

/** RFC 8555 §8.3; a token has letters of base64url, at least 128 bits of them. */
const CHALLENGE = /^\/\.well-known\/acme-challenge\/([\w-]{1,256})$/
/** Base64 has slashes of its own, which some clients do not escape. */
const PUBLICATION = /^\/pki\/([0-9A-Za-z-]{1,24})\/([0-9a-f]{40})\/(?:(crl|cer)|ocsp(?:\/(.*))?)$/s

/** Reads a path; `undefined` for one that nothing here has. */
export function pkiPath(path: string): PkiPath | undefined {
  const token = CHALLENGE.exec(path)?.[1]
  if (token !== undefined) return { kind: 'challenge', token }
  const found = PUBLICATION.exec(path)
  if (found === null) return undefined
  const [, vault = '', authority = '', file, encoded] = found
  const place = { kind: 'publication', vault, authority } as const
  if (file === 'crl' || file === 'cer') return { ...place, publication: file }
  return { ...place, publication: 'ocsp', ...(encoded === undefined ? {} : { encoded }) }
}

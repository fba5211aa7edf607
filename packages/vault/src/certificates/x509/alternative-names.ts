import { AsnConvert, AsnUtf8StringConverter } from '@peculiar/asn1-schema'
import { GeneralName, GeneralNames, OtherName } from '@peculiar/asn1-x509'
import { fromBER, Utf8String } from 'asn1js'
import type { AlternativeNames } from '../alternative-names.ts'

/** The user principal name of Active Directory. */
const UPN = '1.3.6.1.4.1.311.20.2.3'

/** The names as the extension holds them; `undefined` when there are none. */
export function generalNamesOf(names: AlternativeNames): GeneralNames | undefined {
  const all = [
    ...(names.dnsNames ?? []).map((dNSName) => new GeneralName({ dNSName })),
    ...(names.emails ?? []).map((rfc822Name) => new GeneralName({ rfc822Name })),
    ...(names.upns ?? []).map((upn) => new GeneralName({ otherName: upnName(upn) })),
    ...(names.uris ?? []).map(
      (uniformResourceIdentifier) => new GeneralName({ uniformResourceIdentifier }),
    ),
    ...(names.ipAddresses ?? []).map((iPAddress) => new GeneralName({ iPAddress })),
  ]
  return all.length === 0 ? undefined : new GeneralNames(all)
}

function upnName(upn: string): OtherName {
  return new OtherName({ typeId: UPN, value: AsnUtf8StringConverter.toASN(upn).toBER() })
}

/** The names in an extension, as far as they are of kinds that a policy has. */
export function readGeneralNames(extension: Uint8Array): AlternativeNames {
  // An array of its own: methods of the parsed one would give more of its class.
  const names = [...AsnConvert.parse(Uint8Array.from(extension), GeneralNames)]
  const list = <Kind>(pick: (name: GeneralName) => Kind | undefined): readonly Kind[] =>
    names.flatMap((name) => pick(name) ?? [])
  const all = {
    dnsNames: list(({ dNSName }) => dNSName),
    emails: list(({ rfc822Name }) => rfc822Name),
    upns: list(({ otherName }) => otherName && readUpn(otherName)),
    uris: list(({ uniformResourceIdentifier }) => uniformResourceIdentifier),
    ipAddresses: list(({ iPAddress }) => iPAddress),
  }
  return Object.fromEntries(Object.entries(all).filter(([, found]) => found.length > 0))
}

function readUpn({ typeId, value }: OtherName): string | undefined {
  if (typeId !== UPN) return undefined
  const { result } = fromBER(value)
  return result instanceof Utf8String ? result.valueBlock.value : undefined
}

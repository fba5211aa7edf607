import { alibaba } from '@claviger/wire'
import type { Actions } from '../action.ts'
import { secretArn, secretName } from '../answer-secret.ts'
import { resolveSecret } from '../resolve-secret.ts'
import { secretRotation } from '../secret-rotation.ts'

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'

/** New values: of accounts, which are elsewhere, and passwords for anything. */
export const SECRET_ROTATION_ACTIONS: Actions<
  'UpdateSecretRotationPolicy' | 'RotateSecret' | 'GetRandomPassword'
> = {
  async UpdateSecretRotationPolicy(request) {
    const { parameters, vault, call } = request
    const rotation = secretRotation(parameters, true)
    const secret = await resolveSecret(request, parameters.SecretName)
    const head = await vault.secrets.annotate(call, {
      secret,
      rotation: rotation ?? { automatic: false },
    })
    return { SecretName: secretName(head) }
  },

  async RotateSecret(request) {
    const { SecretName, VersionId } = request.parameters
    const secret = await resolveSecret(request, SecretName)
    const head = await request.vault.secrets.rotate(request.call, { secret, label: VersionId })
    const name = secretName(head)
    return { Arn: secretArn(request, name), SecretName: name, VersionId }
  },

  async GetRandomPassword({ vault, call, parameters, settings }) {
    const password = await vault.secrets.generatePassword(call, {
      vault: settings.homeVault,
      length: parameters.PasswordLength,
      alphabets: alphabets(parameters),
      each: parameters.RequireEachIncludedType,
    })
    try {
      return { RandomPassword: Buffer.from(password.reveal()).toString('ascii') }
    } finally {
      password.wipe()
    }
  },
}

/** The kinds of characters that are left. @throws KmsRefusal InvalidParameter when none is. */
function alphabets({
  ExcludeCharacters = '',
  ExcludeLowercase,
  ExcludeUppercase,
  ExcludeNumbers,
  ExcludePunctuation,
}: alibaba.shared.ActionParameters<'GetRandomPassword'>): readonly string[] {
  const kinds = [
    ExcludeLowercase ? '' : LOWERCASE,
    ExcludeUppercase ? '' : LOWERCASE.toUpperCase(),
    ExcludeNumbers ? '' : DIGITS,
    ExcludePunctuation ? '' : PUNCTUATION,
  ]
  const left = kinds.map((kind) =>
    Array.from(kind).filter((one) => !ExcludeCharacters.includes(one)).join(''),
  )
  if (left.some((kind) => kind !== '')) return left
  throw alibaba.shared.invalidParameter('ExcludeCharacters', 'must leave some characters')
}

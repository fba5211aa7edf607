import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  AccessDeniedError,
  AuthenticationError,
  type ClavigerError,
  ConflictError,
  ConnectionError,
  CredentialUnavailableError,
} from '@claviger/client/azure'
import { explained } from './explained.ts'
import { KmsFailure } from './kms/kms-failure.ts'
import { type Language, LANGUAGES, speaking } from './language/messages.ts'

const of = (thrown: unknown, language: Language = 'en'): string =>
  explained(thrown, speaking(language)).message

const detail = { code: 'Code', message: 'The service says so.' }
const refused = { code: 'ConnectionFailed', message: 'a.example could not be reached: ECONNREFUSED.' }
const untrusted = { ...refused, message: 'a.example could not be reached: CERT_UNTRUSTED.' }

describe('what is advised', () => {
  it('is to recover what is deleted, in no other conflict', () => {
    const deleted = { ...detail, innerCode: 'ObjectIsDeletedButRecoverable' }
    assert.match(of(new ConflictError(deleted)), /is deleted: recover it/)
    assert.equal(of(new ConflictError(detail)), 'The service says so. (Code)')
    assert.doesNotMatch(of(new KmsFailure(new ConflictError(detail))), /recover/)
  })

  it('is about the service that was asked', () => {
    const errors: readonly ClavigerError[] = [
      new CredentialUnavailableError(detail),
      new AccessDeniedError(detail),
      new ConnectionError(refused),
      new ConnectionError(untrusted),
    ]
    for (const error of errors) {
      assert.doesNotMatch(of(error), /KMS/)
      assert.doesNotMatch(of(new KmsFailure(error)), /AZURE|vault/)
      assert.notEqual(of(new KmsFailure(error)), of(error))
      assert.equal(
        explained(error, speaking('en')).exitCode,
        explained(new KmsFailure(error), speaking('en')).exitCode,
      )
    }
  })

  it('names no option that the command line has not', () => {
    for (const code of ['TenantNotAllowed', 'ChallengeResourceMismatch']) {
      const message = 'Set additionallyAllowedTenants or disableChallengeResourceVerification.'
      assert.doesNotMatch(of(new AuthenticationError({ code, message })), /Set a|disable/)
    }
  })
})

describe('what the operating system refuses', () => {
  const error = (code: string): Error =>
    Object.assign(new Error(`${code}: in English`), { code, syscall: 'open', path: 'a/file' })

  it('is said in the language of the run', () => {
    assert.equal(of(error('ENOENT')), 'a/file: There is no such file or folder.')
    for (const language of Object.keys(LANGUAGES) as Language[]) {
      for (const code of ['ENOENT', 'EACCES', 'EISDIR', 'ENOSPC', 'EMFILE']) {
        assert.match(of(error(code), language), /^a\/file/)
        assert.doesNotMatch(of(error(code), language), /in English/)
      }
    }
    assert.match(of(error('ENOENT'), 'zh-CN'), /没有/)
    assert.match(of(error('EMFILE')), /EMFILE/)
  })
})

describe('what is no failure of a service', () => {
  it('is called a defect, and shows nothing of itself', () => {
    assert.equal(of(new TypeError('canary')), 'The command failed (TypeError); this is a defect.')
  })
})

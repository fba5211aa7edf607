import type { Suite } from './runner/suite.ts'
import { acme } from './suites/acme.ts'
import { az } from './suites/az.ts'
import { browser } from './suites/browser.ts'
import { cli } from './suites/cli.ts'
import { clientAzure } from './suites/client-azure.ts'
import { clientKms } from './suites/client-kms.ts'
import { crash } from './suites/crash.ts'
import { jsAlibaba } from './suites/js-alibaba.ts'
import { jsArm } from './suites/js-arm.ts'
import { jsCertificates } from './suites/js-certificates.ts'
import { jsKeys } from './suites/js-keys.ts'
import { jsSecrets } from './suites/js-secrets.ts'
import { npmStart } from './suites/npm-start.ts'
import { packed } from './suites/packed.ts'
import { pki } from './suites/pki.ts'
import { pythonAlibaba } from './suites/python-alibaba.ts'
import { pythonCertificates } from './suites/python-certificates.ts'
import { pythonKeys } from './suites/python-keys.ts'
import { pythonSecrets } from './suites/python-secrets.ts'
import { runtimes } from './suites/runtimes.ts'
import { signIn } from './suites/sign-in.ts'
import { tenantsAndWorkers } from './suites/tenants-and-workers.ts'
import { tlsRenewal } from './suites/tls-renewal.ts'
import { wire } from './suites/wire.ts'

/** Every suite, in the order it runs; the longest is last. */
export const SUITES: readonly Suite[] = [
  npmStart,
  packed,
  runtimes,
  wire,
  jsSecrets,
  jsKeys,
  jsCertificates,
  clientAzure,
  cli,
  pythonSecrets,
  pythonKeys,
  pythonCertificates,
  tlsRenewal,
  jsAlibaba,
  clientKms,
  pythonAlibaba,
  pki,
  acme,
  signIn,
  jsArm,
  browser,
  tenantsAndWorkers,
  az,
  crash,
]

import type { Suite } from './runner/suite.ts'
import { acme } from './suites/acme.ts'
import { az } from './suites/az.ts'
import { browser } from './suites/browser.ts'
import { cli } from './suites/cli.ts'
import { clientAzure } from './suites/client-azure.ts'
import { clientKms } from './suites/client-kms.ts'
import { crash } from './suites/crash.ts'
import { go } from './suites/go.ts'
import { java } from './suites/java.ts'
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

/**
 * Every suite. Some run at a time, begun in this order: those that take longest come first, so that
 * none of them is left for the end.
 */
export const SUITES: readonly Suite[] = [
  az,
  crash,
  pythonAlibaba,
  cli,
  browser,
  pythonKeys,
  jsAlibaba,
  acme,
  signIn,
  jsKeys,
  clientKms,
  clientAzure,
  java,
  pythonSecrets,
  jsCertificates,
  wire,
  pki,
  pythonCertificates,
  tlsRenewal,
  tenantsAndWorkers,
  jsArm,
  npmStart,
  go,
  packed,
  jsSecrets,
  runtimes,
]

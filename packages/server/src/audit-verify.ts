// The command that verifies the audit; everything is in `audit-verify/`.
import { runAuditVerify } from './audit-verify/run-audit-verify.ts'
import { readConfig } from './config.ts'
import { ENVIRONMENT } from './environment.ts'
import { speaking, spokenWords } from './language/messages.ts'
import { letReaderStop } from './process/ignore-closed-output.ts'

letReaderStop()

const { words, language } = spokenWords(process.argv.slice(2), ENVIRONMENT)
process.exitCode = await runAuditVerify(words, {
  config: () => readConfig(),
  workingDirectory: process.cwd(),
  say: speaking(language),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})

// The command that verifies the audit; everything is in `audit-verify/`.
import { runAuditVerify } from './audit-verify/run-audit-verify.ts'
import { readConfig } from './config.ts'
import { letReaderStop } from './process/ignore-closed-output.ts'

letReaderStop()

process.exitCode = await runAuditVerify(process.argv.slice(2), {
  config: () => readConfig(),
  workingDirectory: process.cwd(),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})

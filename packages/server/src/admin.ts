// The admin command; everything is in `admin/`.
import { readInput } from './admin/read-input.ts'
import { runAdmin } from './admin/run-admin.ts'
import { readConfig } from './config.ts'
import { letReaderStop } from './process/ignore-closed-output.ts'

letReaderStop()

process.exitCode = await runAdmin(process.argv.slice(2), {
  config: () => readConfig(),
  workingDirectory: process.cwd(),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: () => readInput(process.stdin),
})

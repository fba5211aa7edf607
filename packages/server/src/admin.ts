// The admin command; everything is in `admin/`.
import { readInput } from './admin/read-input.ts'
import { runAdmin } from './admin/run-admin.ts'
import { readConfig } from './config.ts'
import { ENVIRONMENT } from './environment.ts'
import { spokenWords } from './language/messages.ts'
import { letReaderStop } from './process/ignore-closed-output.ts'

letReaderStop()

const { words, language } = spokenWords(process.argv.slice(2), ENVIRONMENT)
process.exitCode = await runAdmin(words, {
  config: () => readConfig(),
  workingDirectory: process.cwd(),
  language,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: () => readInput(process.stdin),
})

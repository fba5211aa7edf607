#!/usr/bin/env node
// The command line `claviger`; everything is in the files beside it.
import { isatty } from 'node:tty'
import { runCli } from './run-cli.ts'

// Whoever reads standard output may have enough of it, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  workingDirectory: process.cwd(),
  outIsTerminal: isatty(1),
  errIsTerminal: isatty(2),
  inputIsTerminal: isatty(0),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: () => process.stdin,
})

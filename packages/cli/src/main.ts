#!/usr/bin/env node
// The command line `claviger`; everything is in the files beside it.
import { isatty } from 'node:tty'
import { EXIT } from './exit-codes.ts'
import { runCli } from './run-cli.ts'

// Whoever reads the output may have enough of it, as `head` has. What is lost otherwise, such as on a
// full disk, is a failure, whatever the command has come to.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  process.stderr.write(`claviger: ${error.message}\n`)
  process.once('exit', () => {
    process.exitCode ||= EXIT.failed
  })
})
process.stderr.on('error', () => undefined)

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  // Asked when a file is named: the folder may be gone, which matters to nothing else.
  get workingDirectory() {
    return process.cwd()
  },
  outIsTerminal: isatty(1),
  errIsTerminal: isatty(2),
  inputIsTerminal: isatty(0),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: () => process.stdin,
})

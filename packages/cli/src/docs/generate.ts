import { writeFileSync } from 'node:fs'
import { commandDocs, commandPage } from './command-page.ts'

// A part of `npm run docs`.
writeFileSync(commandPage, commandDocs())

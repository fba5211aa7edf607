import { mkdirSync, writeFileSync } from 'node:fs'
import { GENERATED_PAGES } from './generated-pages.ts'

// `npm run docs`.
for (const { file, render } of GENERATED_PAGES) {
  mkdirSync(new URL('./', file), { recursive: true })
  writeFileSync(file, render())
}

import { writeFileSync } from 'node:fs'
import { LANGUAGES, isLanguage } from '../language/messages.ts'
import { COMMAND_PAGES, commandDocs } from './command-page.ts'

// A part of `npm run docs`.
for (const language of Object.keys(LANGUAGES).filter(isLanguage)) {
  writeFileSync(COMMAND_PAGES[language].url, await commandDocs(language))
}

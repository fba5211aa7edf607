import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LANGUAGES, spokenWords } from './messages.ts'

describe('the messages of the server\'s commands', () => {
  it('have the same places in every language', () => {
    const placesOf = (text: string): readonly string[] =>
      [...text.matchAll(/\{\w+\}/g)].map(String).toSorted()
    for (const [name, text] of Object.entries(LANGUAGES.en)) {
      const other = (LANGUAGES['zh-CN'] as Readonly<Record<string, string>>)[name] ?? ''
      // What a library says in English is said anew.
      if (text === '{message}') continue
      // How often it is named is a matter of grammar.
      assert.deepEqual(new Set(placesOf(other)), new Set(placesOf(text)), name)
    }
  })
})

describe('the language of the server\'s commands', () => {
  const CASES = [
    [['x'], {}, ['x'], 'en'],
    [[], { LANG: 'zh_CN.UTF-8' }, [], 'zh-CN'],
    [[], { LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US' }, [], 'en'],
    [[], { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, [], 'en'],
    [['--lang', 'zh-CN', 'x'], { LANG: 'de_DE' }, ['x'], 'zh-CN'],
    [['x', '--lang=en'], { LANG: 'zh_CN' }, ['x'], 'en'],
    [['--lang', 'en', '--lang', 'zh-CN'], {}, [], 'zh-CN'],
    [['--lang', 'de'], {}, ['--lang', 'de'], 'en'],
    [['--lang'], {}, ['--lang'], 'en'],
  ] as const
  for (const [argv, environment, words, language] of CASES) {
    it(`is ${language} for ${JSON.stringify([argv, environment])}`, () => {
      assert.deepEqual(spokenWords(argv, environment), { words, language })
    })
  }
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LANGUAGES, languageOf, speaking } from './messages.ts'

describe('the messages', () => {
  it('have the same places in every language', () => {
    const placesOf = (text: string): readonly string[] =>
      [...text.matchAll(/\{\w+\}/g)].map(String).toSorted()
    for (const [name, text] of Object.entries(LANGUAGES.en)) {
      const other = (LANGUAGES['zh-CN'] as Readonly<Record<string, string>>)[name] ?? ''
      assert.deepEqual(placesOf(other), placesOf(text), name)
    }
  })

  it('fill places in once, whatever is put there', () => {
    assert.equal(speaking('en')('badTag', { tag: '{tag}' }), 'A tag is name=value: {tag}')
  })
})

describe('the language', () => {
  const CASES = [
    [[], {}, 'en'],
    [[], { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    [[], { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
    [['--lang', 'zh-CN'], { LANG: 'de_DE' }, 'zh-CN'],
    [['--lang=en'], { LANG: 'zh_CN' }, 'en'],
    [['run', '--', 'x', '--lang', 'zh-CN'], {}, 'en'],
  ] as const
  for (const [argv, environment, language] of CASES) {
    it(`is ${language} for ${JSON.stringify([argv, environment])}`, () => {
      assert.equal(languageOf(argv, environment), language)
    })
  }
})

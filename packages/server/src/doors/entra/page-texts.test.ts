import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { PERSON_NAME, PERSON_PASSWORD } from '@claviger/vault/testing'
import { ENTRA_ERRORS } from './entra-error.ts'
import { CHINESE_ERRORS } from './page-errors.ts'
import { CLI, members, personUnderTest, REDIRECT, toProgram } from './person-under-test.ts'

const AUTHORIZE = '/organizations/oauth2/v2.0/authorize'
const CHINESE = /\p{Script=Han}/u

test('an error page is in the language of the browser, whatever the error', async () => {
  const { browser, wish } = await personUnderTest()
  const languages = { 'accept-language': 'zh-CN' }
  for (const [changed, row] of [
    [{ client_id: randomUUID() }, 'ClientUnknown'],
    [{ redirect_uri: 'https://elsewhere.example/' }, 'RedirectUnregistered'],
    [{ response_mode: 'web_message' }, 'ResponseModeUnsupported'],
  ] as const) {
    const page = String((await browser().get(AUTHORIZE, wish(changed).query, languages)).body)
    assert.match(page, new RegExp(`AADSTS${ENTRA_ERRORS[row].number}\\b`))
    const [, sentence = ''] = /id="problem">\n<h2>[^<]*<\/h2><p>([^<]*)<\/p>/.exec(page) ?? []
    assert.match(sentence, CHINESE)
    assert.doesNotMatch(sentence, /[a-z]+ [a-z]+ [a-z]+/i)
  }
  for (const sentence of Object.values(CHINESE_ERRORS)) {
    assert.match(sentence('X'), CHINESE)
    assert.doesNotMatch(sentence('X'), /[a-z]+ [a-z]+ [a-z]+/i)
  }
})

test('why a password is not good enough is told in the language of the page', async () => {
  const { browser } = await personUnderTest()
  const visitor = browser()
  const entry = await visitor.get('/common/account', 'mkt=zh-CN')
  const typed = { user_name: PERSON_NAME, password: PERSON_PASSWORD }
  assert.equal((await visitor.submit(entry, 'password', typed)).status, 303)
  const page = await visitor.get('/common/account', 'mkt=zh-CN')
  for (const [password, reason] of [
    ['short', '必须有 12 到 256 个字符'],
    ['with a control\u0007 character', '不能包含控制字符'],
    ['ababababababababab', '不能只重复少数几个字符'],
    [`so long, ${PERSON_NAME}`, '不能包含用户名'],
  ] as const) {
    const change = { current: PERSON_PASSWORD, new: password, again: password }
    const told = String((await visitor.submit(page, 'change-password', change)).body)
    assert.ok(told.includes(`新密码不够好：${reason}。`), password)
  }
})

test('what is wrong with a form of the account page is in the audit as what was answered', async () => {
  const { browser, world } = await personUnderTest()
  const visitor = browser()
  const entry = await visitor.get('/common/account')
  const typed = { user_name: PERSON_NAME, password: PERSON_PASSWORD }
  assert.equal((await visitor.submit(entry, 'password', typed)).status, 303)
  const page = await visitor.get('/common/account')
  const change = { current: PERSON_PASSWORD, new: 'short', again: 'short' }
  assert.equal((await visitor.submit(page, 'change-password', change)).status, 400)
  const told = (await world.audit())
    .filter(({ operationName }) => operationName === 'DirectoryPasswordChange')
    .map(({ resultDescription, properties }) => [resultDescription, properties.httpStatusCode])
  assert.deepEqual(told, [['InvalidInput', 400]])
})

test('a form that goes to a program with a refusal does not say that somebody is signed in', async () => {
  const { browser, wish } = await personUnderTest()
  const visitor = browser()
  const page = await visitor.get(AUTHORIZE, wish({ response_mode: 'form_post' }).query)
  const refused = String((await visitor.submit(page, 'cancel')).body)
  assert.match(refused, /name="error" value="access_denied"/)
  assert.match(refused, /<h1>You are not signed in<\/h1>/)
  assert.doesNotMatch(refused, /You are signed in/)
})

test('a program is told what is wrong with a redirect and whose sign-in has come to an end', async () => {
  const { browser, wish, signIn, post, tenant, world } = await personUnderTest()
  const token = `/${tenant}/oauth2/v2.0/token`
  const { query, verifier } = wish()
  const code = toProgram(await signIn(browser(), query)).get('code') ?? ''
  const form = { grant_type: 'authorization_code', client_id: CLI, code, code_verifier: verifier }
  const moved = members(await post(token, { ...form, redirect_uri: 'http://localhost:1' }))
  assert.match(String(moved['error_description']), /^AADSTS500112: The redirect URI is another/)
  const tokens = members(await post(token, { ...form, redirect_uri: REDIRECT }))
  await world.vault.principals.delete(world.administrator, { principal: world.person.id })
  const scope = 'https://vault.localhost:8443/.default'
  const refresh = { grant_type: 'refresh_token', client_id: CLI, scope }
  const gone = members(await post(token, { ...refresh, refresh_token: String(tokens['refresh_token']) }))
  assert.match(String(gone['error_description']), /^AADSTS50034: The user that has signed in is not there/)
})

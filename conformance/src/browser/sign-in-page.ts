import type { Page } from 'playwright-core'
import type { Person } from './person.ts'

/** What the pages say, by the language that a browser asks for. */
export const WORDS = {
  'en-US': {
    userName: 'User name',
    password: 'Password',
    signIn: 'Sign in',
    wrong: 'The user name or the password is not right.',
    approve: 'Yes, sign in',
    decline: 'No, cancel',
    approved: 'You are signed in on your device',
    declined: 'The sign-in was cancelled',
    code: 'Code',
    next: 'Next',
    wrongCode: 'The code is not right, was used, or has expired.',
  },
  'zh-CN': {
    userName: '用户名',
    password: '密码',
    signIn: '登录',
    wrong: '用户名或密码不正确。',
    approve: '是，登录',
    decline: '否，取消',
    approved: '您已在设备上登录',
    declined: '登录已取消',
    code: '代码',
    next: '下一步',
    wrongCode: '代码不正确、已被使用或已过期。',
  },
} as const

export type Language = keyof typeof WORDS

/** Fills the page in as somebody does who finds its parts by what they are called. */
export async function signIn(
  page: Page,
  { userName, password }: Pick<Person, 'password' | 'userName'>,
  language: Language = 'en-US',
): Promise<void> {
  const words = WORDS[language]
  await page.getByLabel(words.userName).fill(userName)
  await page.getByLabel(words.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: words.signIn, exact: true }).click()
}

/** Types a code of a device in. */
export async function typeCode(
  page: Page,
  code: string,
  language: Language = 'en-US',
): Promise<void> {
  const words = WORDS[language]
  await page.getByLabel(words.code, { exact: true }).fill(code)
  await page.getByRole('button', { name: words.next, exact: true }).click()
}

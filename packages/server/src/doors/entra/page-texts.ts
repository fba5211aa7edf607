import { ENTRA_ERRORS, type EntraErrorName } from './entra-error.ts'
import { CHINESE_ERRORS } from './page-errors.ts'

/** The words of the pages, in each language they are in. */
const ENGLISH = {
  language: 'en',
  otherLanguage: '简体中文',
  product: 'Claviger',
  signIn: 'Sign in',
  signInTo: (app: string) => `Sign in to continue to ${app}`,
  userName: 'User name',
  userNameHint: 'Such as ada@example.com',
  password: 'Password',
  usePasskey: 'Sign in with a passkey',
  or: 'or',
  useProvider: 'Sign in with your organisation',
  cancel: 'Cancel',
  problem: 'There is a problem',
  wrongPassword: 'The user name or the password is not right.',
  wrongPasskey: 'This passkey does not sign you in here. Try another one, or your password.',
  passkeyFailed: 'The passkey was not used. Try again, or sign in with your password.',
  locked: (seconds: number) => `Too many tries have failed. Wait ${seconds} seconds, then try again.`,
  disabled: 'This account is disabled. Ask your administrator.',
  userNameMissing: 'Enter your user name.',
  passwordMissing: 'Enter your password.',
  pickAccount: 'Choose an account',
  continueAs: (name: string) => `Continue as ${name}`,
  useAnother: 'Use another account',
  deviceTitle: 'Sign in on a device',
  deviceLead: 'Enter the code that your device or program shows.',
  deviceCode: 'Code',
  deviceCodeHint: 'Eight letters, such as BCDF-GHJK',
  next: 'Next',
  wrongUserCode: 'The code is not right, was used, or has expired.',
  userCodeMissing: 'Enter the code.',
  confirmTitle: 'Are you signing in to this program?',
  confirmApp: 'Program',
  confirmAddress: 'It asks from the address',
  confirmAccount: 'You sign in as',
  confirmWarning:
    'Go on only if you have started this program yourself a moment ago. Whoever has sent you the ' +
    'code by mail, chat or telephone wants to act in your name.',
  approve: 'Yes, sign in',
  decline: 'No, cancel',
  approved: 'You are signed in on your device',
  approvedLead: 'You can close this page and go back to the program.',
  declined: 'The sign-in was cancelled',
  declinedLead: 'The program gets nothing. You can close this page.',
  account: 'Your account',
  signedInAs: (name: string) => `You are signed in as ${name}.`,
  changePassword: 'Change the password',
  currentPassword: 'Current password',
  newPassword: 'New password',
  newPasswordHint: 'At least 12 characters; a few words that nobody else would choose are good.',
  repeatPassword: 'New password once more',
  passwordsDiffer: 'The two new passwords differ.',
  wrongCurrent: 'The current password is not right.',
  badPassword: (reason: string) => `The new password is not good enough: ${reason}.`,
  passwordChanged: 'The password was changed. Sign in with it.',
  passkeys: 'Passkeys',
  noPasskeys: 'There are none yet.',
  passkeysLead:
    'A passkey signs you in with the lock of your device or with a security key, without a password.',
  passkeyName: 'Name of the new passkey',
  passkeyNameHint: 'Such as the name of this device',
  addPasskey: 'Add a passkey',
  passkeyAdded: 'The passkey was added.',
  signInAgain: 'Sign in again before you add a passkey: your last sign-in is more than five minutes ago.',
  passkeysStay:
    'These passkeys still sign in to your account. Remove what you do not know as soon as you have signed in:',
  passkeyNotAdded: 'The passkey was not added. Try again.',
  removePasskey: (name: string) => `Remove ${name}`,
  passkeyRemoved: 'The passkey was removed.',
  needsScript: 'Passkeys need JavaScript and a browser that knows them.',
  signOut: 'Sign out',
  signOutQuestion: 'Do you want to sign out?',
  signedOut: 'You are signed out',
  signedOutLead: 'Programs that you have signed in to stay signed in; sign out in each of them.',
  errorTitle: 'Signing in has failed',
  error: (row: EntraErrorName, about: string): string => ENTRA_ERRORS[row].message(about),
  errorHelp: 'If you ask somebody for help, tell them this:',
  returning: 'You are signed in',
  returningRefused: 'You are not signed in',
  returningLead: 'The page goes on to the program. If it does not, press the button.',
  goOn: 'Go on',
  leaving: 'On to your organisation',
  leavingLead: 'You sign in there. If the page does not go on by itself, follow the link.',
}

export type PageTexts = typeof ENGLISH

const CHINESE: PageTexts = {
  language: 'zh-Hans',
  otherLanguage: 'English',
  product: 'Claviger',
  signIn: '登录',
  signInTo: (app) => `登录以继续使用 ${app}`,
  userName: '用户名',
  userNameHint: '例如 ada@example.com',
  password: '密码',
  usePasskey: '使用通行密钥登录',
  or: '或者',
  useProvider: '使用您组织的账户登录',
  cancel: '取消',
  problem: '出现问题',
  wrongPassword: '用户名或密码不正确。',
  wrongPasskey: '无法用此通行密钥登录。请换一个，或者使用密码。',
  passkeyFailed: '未能使用通行密钥。请重试，或者使用密码登录。',
  locked: (seconds) => `失败次数过多。请等待 ${seconds} 秒后重试。`,
  disabled: '此账户已停用。请联系管理员。',
  userNameMissing: '请输入用户名。',
  passwordMissing: '请输入密码。',
  pickAccount: '选择账户',
  continueAs: (name) => `以 ${name} 的身份继续`,
  useAnother: '使用其他账户',
  deviceTitle: '在设备上登录',
  deviceLead: '请输入您的设备或程序显示的代码。',
  deviceCode: '代码',
  deviceCodeHint: '八个字母，例如 BCDF-GHJK',
  next: '下一步',
  wrongUserCode: '代码不正确、已被使用或已过期。',
  userCodeMissing: '请输入代码。',
  confirmTitle: '您正在登录此程序吗？',
  confirmApp: '程序',
  confirmAddress: '请求来自地址',
  confirmAccount: '登录身份',
  confirmWarning:
    '只有在您刚刚自己启动了此程序时才应继续。通过邮件、聊天或电话把代码发给您的人，是想以您的名义行事。',
  approve: '是，登录',
  decline: '否，取消',
  approved: '您已在设备上登录',
  approvedLead: '您可以关闭此页面并返回程序。',
  declined: '登录已取消',
  declinedLead: '程序没有得到任何权限。您可以关闭此页面。',
  account: '您的账户',
  signedInAs: (name) => `您已以 ${name} 的身份登录。`,
  changePassword: '更改密码',
  currentPassword: '当前密码',
  newPassword: '新密码',
  newPasswordHint: '至少 12 个字符；几个别人想不到的词就很好。',
  repeatPassword: '再次输入新密码',
  passwordsDiffer: '两次输入的新密码不一致。',
  wrongCurrent: '当前密码不正确。',
  badPassword: (reason) => `新密码不够好：${chineseReason(reason)}。`,
  passwordChanged: '密码已更改。请用新密码登录。',
  passkeys: '通行密钥',
  noPasskeys: '还没有通行密钥。',
  passkeysLead: '通行密钥用设备的锁屏方式或安全密钥登录，无需密码。',
  passkeyName: '新通行密钥的名称',
  passkeyNameHint: '例如此设备的名称',
  addPasskey: '添加通行密钥',
  passkeyAdded: '已添加通行密钥。',
  signInAgain: '添加通行密钥之前请重新登录：您上次登录已超过五分钟。',
  passkeysStay: '以下通行密钥仍可登录您的账户。请在登录后立即移除您不认识的：',
  passkeyNotAdded: '未能添加通行密钥。请重试。',
  removePasskey: (name) => `移除 ${name}`,
  passkeyRemoved: '已移除通行密钥。',
  needsScript: '通行密钥需要 JavaScript 和支持它的浏览器。',
  signOut: '退出登录',
  signOutQuestion: '要退出登录吗？',
  signedOut: '您已退出登录',
  signedOutLead: '您登录过的程序仍保持登录状态；请在各程序中分别退出。',
  errorTitle: '登录失败',
  error: (row, about) => CHINESE_ERRORS[row](about),
  errorHelp: '如需他人帮助，请提供以下信息：',
  returning: '您已登录',
  returningRefused: '您没有登录',
  returningLead: '页面将转到程序。如果没有，请按下按钮。',
  goOn: '继续',
  leaving: '前往您的组织',
  leavingLead: '您将在那里登录。如果页面没有自动跳转，请点击链接。',
}

/** Why a password is not taken, in the words of `password-rules.ts`. */
function chineseReason(reason: string): string {
  const [, least, most] = /(\d+) to (\d+) characters/.exec(reason) ?? []
  if (least !== undefined && most !== undefined) return `必须有 ${least} 到 ${most} 个字符`
  if (reason.includes('control characters')) return '不能包含控制字符'
  if (reason.includes('repeat')) return '不能只重复少数几个字符'
  return reason.includes('name') ? '不能包含用户名' : '请另选一个'
}

/** The texts that a browser asks for: by the link of the page, else by its own languages. */
export function textsFor(query: URLSearchParams, acceptLanguage: string | undefined): PageTexts {
  const chosen = query.get('mkt') ?? query.get('ui_locales')
  if (chosen !== null && chosen !== '') return isChinese(chosen) ? CHINESE : ENGLISH
  return prefersChinese(acceptLanguage ?? '') ? CHINESE : ENGLISH
}

/** What the link to the other language puts into the query. */
export function otherMarket({ language }: PageTexts): string {
  return language === 'en' ? 'zh-CN' : 'en'
}

/** RFC 9110 §12.5.4: the one of our two that has the greater weight. */
function prefersChinese(header: string): boolean {
  const weights = header
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
      const weight = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean)
      return { tag, weight: weight === undefined ? 1 : Number(weight) }
    })
  const best = (isIt: (tag: string) => boolean): number =>
    Math.max(0, ...weights.filter(({ tag }) => isIt(tag)).map(({ weight }) => weight || 0))
  return best(isChinese) > best((tag) => tag.startsWith('en') || tag === '*')
}

function isChinese(tag: string): boolean {
  return /^zh(?:-|_|$)/i.test(tag.trim())
}

/** Names that lead to this machine while the suites run. */
export const HOST_NAMES: readonly string[] = [
  'default.vault.localhost',
  'second.vault.localhost',
  'policies.vault.localhost',
  'az-audited.vault.localhost',
  'az-objects.vault.localhost',
  'az-policies.vault.localhost',
  'az-roles.vault.localhost',
  'js-vault.vault.localhost',
  'js-objects.vault.localhost',
  'js-roles.vault.localhost',
  'login.localhost',
  'management.localhost',
  'graph.localhost',
  'kms.cn-hangzhou.localhost',
  'kms-vpc.cn-hangzhou.localhost',
  'sts.localhost',
  'kst-default.cryptoservice.kms.localhost',
  'kst-second.cryptoservice.kms.localhost',
  'default.vault.azure.net',
  'second.vault.azure.net',
  'policies.vault.azure.net',
  'az-quickstart.vault.azure.net',
  'login.azure.net',
  'management.azure.net',
  'graph.azure.net',
  'default.vault.aliyuncs.com',
  'login.aliyuncs.com',
  'kms.cn-hangzhou.aliyuncs.com',
  'kst-default.cryptoservice.kms.aliyuncs.com',
  'login.microsoftonline.com',
  'issuer.example',
  'unknown.example',
]

const MARK = '# claviger conformance'

/** The hosts file with our lines; lines a killed run has left are taken out first. */
export function withHostLines(hosts: string): string {
  const own = HOST_NAMES.map((name) => `127.0.0.1 ${name} ${MARK}\n`).join('')
  const rest = withoutHostLines(hosts)
  return `${rest}${rest === '' || rest.endsWith('\n') ? '' : '\n'}${own}`
}

export function withoutHostLines(hosts: string): string {
  return hosts
    .split('\n')
    .filter((line) => !line.endsWith(MARK))
    .join('\n')
}

// As the commands themselves are where their English stands, each text is found by that.

/** What the help of the admin command says, in simplified Chinese, by what it says in English. */
export const ADMIN_ZH_CN: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Global Options:': '全局选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
  'Example:': '示例：',
  'display help for command': '显示命令的帮助',
  'Manages a running Claviger through the socket in its data folder (CLAVIGER_DATA_DIR).':
    '通过数据文件夹（CLAVIGER_DATA_DIR）中的套接字管理运行中的 Claviger。',
  "print the server's answer as JSON, for programs": '以 JSON 输出服务器的应答，供程序使用',

  'manage vaults': '管理保管库',
  'make an empty vault': '新建空的保管库',
  'a group that is there; the first one of the tenant if absent':
    '已有的资源组；默认为租户的第一个',
  'the location it says it is in; that of its group if absent': '所示的位置；默认为资源组的位置',
  'who may use its data: by roles, or by access policies': '数据的授权方式：按角色或按访问策略',
  'days that deleted objects can be recovered, 7 to 90': '已删除对象可恢复的天数，7 到 90',
  'nothing can be purged before its retention is over; cannot be undone':
    '保留期结束前不能清除任何对象；不可撤销',
  'show all vaults, deleted ones too': '列出所有保管库，包括已删除的',
  'show one vault': '查看保管库',
  'change a vault': '更改保管库',
  'turn purge protection on; it cannot be turned off again': '开启清除保护；开启后不能关闭',
  'delete a vault so that it can be recovered': '删除保管库，之后可恢复',
  'bring a deleted vault back': '恢复已删除的保管库',
  'destroy a deleted vault for good': '永久清除已删除的保管库',

  'manage applications, which sign in with a secret, a certificate or a token':
    '管理应用程序，它们用机密、证书或令牌登录',
  'make an application, which can do nothing until it is given a role':
    '新建应用程序；分配角色之前没有任何权限',
  'remove an application with its credentials, memberships and roles':
    '删除应用程序及其凭据、组成员身份和角色',
  'manage identities, as which programs on this machine act': '管理本机程序所用的托管标识',
  'make a managed identity, which can do nothing until it is given a role':
    '新建托管标识；分配角色之前没有任何权限',
  'remove a managed identity with its credentials, memberships and roles':
    '删除托管标识及其凭据、组成员身份和角色',
  'manage users': '管理用户',
  'make a user, which can do nothing until it is given a role':
    '新建用户；分配角色之前没有任何权限',
  'remove a user with its credentials, memberships and roles':
    '删除用户及其凭据、组成员身份和角色',
  'manage groups, to give access to many at once': '管理组，以便一次授权多个主体',
  'make a group, which can do nothing until it is given a role':
    '新建组；分配角色之前没有任何权限',
  'remove a group with its credentials, memberships and roles': '删除组及其凭据、组成员身份和角色',
  'manage session roles, as which others act for a while': '管理会话角色，供其他主体临时扮演',
  'make a session role, which can do nothing until it is given a role':
    '新建会话角色；分配角色之前没有任何权限',
  'remove a session role with its credentials, memberships and roles':
    '删除会话角色及其凭据、组成员身份和角色',
  'show all of them': '列出全部',
  'refuse it everywhere, at once; its tokens are revoked': '立即在各处停用，并吊销其令牌',
  'let it in again': '重新启用',
  'refuse every token issued to it up to now': '拒绝至今颁发给它的所有令牌',
  'the name that tokens carry, like an address': '令牌中的用户名，形如邮箱地址',
  'give it the password that comes on standard input; its tokens and sessions are revoked':
    '设置从标准输入读取的密码；其令牌和会话随即吊销',
  'say which user of the external OpenID Connect provider it is':
    '指明它是外部 OpenID Connect 提供方的哪个用户',
  'the provider (iss)': '提供方（iss）',
  'the user there (sub)': '该提供方中的用户（sub）',
  'show what it signs in with: password, passkeys, external identities':
    '查看登录方式：密码、通行密钥、外部身份',
  'take a password, passkey or external identity away': '移除密码、通行密钥或外部身份',
  'put a principal, or another group, into a group': '把主体或另一个组加入组',
  'take a member out of a group': '从组中移除成员',

  'manage client secrets': '管理客户端机密',
  'make a client secret; it is shown this once': '新建客户端机密；仅显示这一次',
  'what it is for': '用途',
  'days until it expires; without it, it does not': '到期前的天数；不指定则不到期',
  'show all credentials of it, none by its value': '列出全部凭据，不显示其值',
  'revoke a credential; tokens it has earned live on until they expire':
    '吊销凭据；已换得的令牌在到期前仍有效',
  'manage certificates whose key signs client assertions': '管理用于签署客户端断言的证书',
  'trust a certificate, PEM or DER; a private key in the file stays here':
    '信任证书，PEM 或 DER；文件中的私钥不会送出',
  'manage trust in tokens of other issuers': '管理对其他颁发者令牌的信任',
  'let whoever has such a token sign in as the application': '允许持有此类令牌者以该应用程序登录',
  'the issuer of the tokens (iss)': '令牌的颁发者（iss）',
  'whom the tokens are about (sub)': '令牌的主体（sub）',
  'whom the tokens are for (aud)': '令牌的受众（aud）',
  "the issuer's public keys, for an issuer that cannot be reached":
    '颁发者的公钥，用于无法连接的颁发者',
  'manage identity headers': '管理标识标头',
  'make an identity header; it is shown this once': '新建标识标头；仅显示这一次',

  'manage credentials that sign requests': '管理用于签署请求的凭据',
  'manage access keys of applications, identities and users':
    '管理应用程序、托管标识和用户的访问密钥',
  'make an access key; its secret is shown this once': '新建访问密钥；其机密仅显示这一次',
  'show its access keys, without their secrets': '列出访问密钥，不显示机密',
  'refuse what it signs, at once': '立即拒绝它签署的请求',
  'accept what it signs again': '重新接受它签署的请求',
  'remove it for good; what it signs is refused at once': '永久删除；它签署的请求立即被拒绝',

  'see roles, and make your own': '查看角色，以及新建自己的角色',
  'show the built-in roles and your own': '列出内置角色和自己的角色',
  'make a role; in the name of an action * stands for any text':
    '新建角色；操作名称中的 * 代表任意文本',
  'what it grants on the control plane': '在控制平面上授予的操作',
  'what it leaves out of that': '从中排除的操作',
  'what it grants on data': '对数据授予的操作',
  'delete a role of your own that nobody has any more': '删除自己的、已无人使用的角色',
  'give roles and take them away': '分配和收回角色',
  'give somebody a role at a scope and below it': '在某个范围及其下级分配角色',
  'the role; role list shows them': '角色；用 role list 查看',
  'object id, client id, user name or display name': '对象 ID、客户端 ID、用户名或显示名称',
  'a resource id, or / for everything in the tenant': '资源 ID，或用 / 表示租户中的一切',
  'instead of --scope: one vault': '代替 --scope：一个保管库',
  'with --vault: one secret of it': '与 --vault 同用：其中一个机密',
  'with --vault: one key of it': '与 --vault 同用：其中一个密钥',
  'show who has which role where': '查看谁在何处有何角色',
  'only those of one principal': '仅一个主体的',
  'take a role away; it holds at once': '收回角色；立即生效',
  'make the administrator application Owner at / again, when nobody is left who could':
    '已无人有权分配时，重新让管理员应用程序成为 / 上的 Owner',
  'of another tenant than the default one': '默认租户以外的租户',
  'see why somebody may do something, or may not': '查明某主体为何能或不能执行某操作',
  'say what decides, and which smallest role would do': '说明由什么决定，以及够用的最小角色',
  'a permission such as secrets/get, or an action in full':
    '权限，例如 secrets/get，或完整的操作名称',
  'the network address from which it would be done': '发起操作的网络地址',
  'manage access policies of vaults that use them instead of roles':
    '管理保管库的访问策略（用于不按角色授权的保管库）',
  'give a principal permissions; its former ones in this vault are replaced':
    '给主体授权；取代它在此保管库中原有的权限',
  'the vault': '保管库',
  'permissions on keys, separated by commas': '对密钥的权限，以逗号分隔',
  'permissions on secrets, separated by commas': '对机密的权限，以逗号分隔',
  'permissions on certificates, separated by commas': '对证书的权限，以逗号分隔',
  'permissions on storage, separated by commas': '对存储的权限，以逗号分隔',
  'take all permissions of a principal away': '收回主体的全部权限',
  'show the access policies of a vault': '查看保管库的访问策略',

  'show and revoke what the authorities of a vault have issued':
    '查看和吊销保管库的证书颁发机构所颁发的证书',
  'list the certificates that the authorities of a vault have issued':
    '列出保管库的证书颁发机构所颁发的证书',
  'only those of one authority': '仅一个颁发机构的',
  'revoke a certificate of a vault, its current version unless said; cannot be undone':
    '吊销保管库中的证书，默认为当前版本；不可撤销',
  'what lists and answers say of it (RFC 5280)': '吊销列表和应答中的原因（RFC 5280）',
  'revoke a certificate that is no longer in the vault, as `certificate issued` shows it':
    '吊销已不在保管库中的证书，写法与 `certificate issued` 所示相同',
  'manage the keys that access tokens are signed with': '管理签署访问令牌的密钥',
  'make a new key; it is published for a while before it signs':
    '新建密钥；先公布一段时间再用于签署',
  'the new key signs at once, and every token of the old ones is refused':
    '新密钥立即用于签署，旧密钥的所有令牌都被拒绝',
  'manage the keys that everything at rest is sealed with': '管理密封全部静态数据的密钥',
  'make a new root key and wrap all data keys with it; the data stays as it is':
    '新建根密钥并用它包装所有数据密钥；数据保持不变',
  'seal what a vault stores from now on with a new data key':
    '用新的数据密钥密封保管库今后存储的内容',
  'seal the store with another file or a passphrase, while the server is stopped':
    '在服务器停止时，改用另一个文件或口令密封存储',
  'what the store is sealed with from now on': '今后用什么密封存储',
  'the root key file, made when it is not there, or the file of the passphrase':
    '根密钥文件（不存在时新建），或口令文件',
  "manage the server's own certificate authority": '管理服务器自己的证书颁发机构',
  'replace the CA and the certificate; every client must trust the new CA to connect again':
    '更换 CA 和证书；每个客户端须信任新的 CA 才能再次连接',

  'export the audit trail, and remove what was exported': '导出审计记录，并清理已导出的部分',
  'write the entries to a file, one JSON object a line, which verifies by itself':
    '把记录写入文件，每行一个 JSON 对象，文件本身可验证',
  'a file that is not there yet': '尚不存在的文件',
  'only entries after this sequence number': '仅此编号之后的记录',
  'remove them from the server once they are on disk and verified':
    '写入磁盘并验证之后，从服务器上清理',
  'remove entries from the server; the chain stays verifiable from there':
    '从服务器上清理记录；此后的链仍可验证',
  'sequence number of the last entry to remove': '要清理的最后一条记录的编号',
  'remove what is stored and damaged': '删除已损坏的存储记录',
  'remove the record of an object that does not open; one that opens is refused':
    '删除无法打开的对象的记录；能打开的会被拒绝',
  'tenants: directories, subscriptions and issuers that see nothing of each other':
    '租户：互不可见的目录、订阅和颁发者',
  'make another tenant, with an application that administers all of it':
    '新建租户，以及管理它的应用程序',
  'list the tenants of this server': '列出此服务器的租户',
  'write connect.env and connect-service-principal.env anew, with fresh credentials':
    '用新的凭据重新写入 connect.env 和 connect-service-principal.env',
  'show the lines of a hosts file by which programs here find the server and every vault':
    '显示 hosts 文件所需的行，使本机程序能找到服务器和每个保管库',
  'write them into the hosts file, in the place of those before': '写入 hosts 文件，取代先前的行',
  'take them out of the hosts file': '从 hosts 文件中移除',
  'the hosts file': 'hosts 文件',
}

import type { MessageName } from './messages.ts'

/** What the server's commands say, in simplified Chinese. */
export const ZH_CN: Readonly<Record<MessageName, string>> = {
  startHelp: `用法：{start}

启动服务器；按 Ctrl-C 或发送 SIGTERM 停止。设置取自以 CLAVIGER_ 开头的环境变量；未设置时，数据保存在
./claviger-data。

运行期间：
  {admin} help
  {auditVerify} --help

退出码：0 已停止，2 参数错误，{wrongSettings} 设置错误，1 失败。
`,
  startTakesNothing: '启动命令不接受参数。',
  wrongNode:
    'Claviger 需要 Node {required}，当前为 Node {version}。npm 会带来合适的版本：先输入一次 "{install}"，再输入 "{start}"。',

  adminMoreHelp: `
查看某个命令的帮助：
  {admin} help vault
  {admin} vault create --help

退出码：0 完成，1 被拒绝或失败，2 参数错误，3 服务器没有应答。`,
  choices: '（可选值：{list}）',
  otherwise: '（默认值：{value}）',
  'commander.unknownOption': '没有选项 {word}。',
  'commander.unknownCommand': '没有命令 {word}。',
  'commander.missingArgument': '缺少参数 {word}。',
  'commander.optionMissingArgument': '选项 {word} 缺少参数。',
  'commander.missingMandatoryOptionValue': '缺少选项 {word}。',
  'commander.invalidArgument': '该值不适用于选项 {word}：可用的是 {choices}。',
  'commander.excessArguments': '参数过多。',

  verifyHelp: `用法：{auditVerify} [--export <file>...]

验证 CLAVIGER_DATA_DIR 中存储的审计链，服务器运行或停止均可：每条记录都接续前一条，最后一条与密封链头及其
副本所指的一致。
使用 --export 时，验证按顺序给出的导出文件，并验证它们是否属于该存储。

示例：
  {auditVerify}
  {auditVerify} --export ./audit-2026-10.jsonl --export ./audit-2026-11.jsonl

退出码：0 完整，1 不完整，2 无法判断。
`,
  verifiedUpTo: '已验证到第 {sequence} 条，共 {of} 条。',
  unknownOption: '没有选项 {word}。',
  wrongOptionValue: '{word} 的值缺失或有误。',
  unexpectedWord: '不是选项：{word}',
  wrongSettings: '设置有误：',
  fault: '无法验证：{message}',
  unsealFailed: '存储无法解封，请检查根密钥或口令：{message}',
  storeUnavailable: '存储无法使用：{message}',
  recordCorrupt: '有记录已损坏或被篡改，请从备份还原：{message}',
  noSuchFile: '找不到文件或文件夹：{message}',
  defect: '验证失败（{name}）；这是程序缺陷。',

  intact: '审计链完整：{what}',
  notIntact: '审计链不完整：{kind}。{reason}',
  notIntactAt: '审计链不完整：第 {where} 条{kind}。{reason}',

  changed: '被更改',
  dropped: '缺失',
  reordered: '顺序被改动',
  added: '是多出的',
  tailCut: '起的末尾被截断',
  chainLost: '起整条链丢失',
  rewritten: '被改写',
  recordsChanged: '存储记录被改动',
  headDamaged: '链头损坏',
  copyMissing: '链头副本缺失',

  standsInPlaceOf: '第 {sequence} 条占据了第 {wanted} 条的位置。',
  oneMissing: '第 {wanted} 条缺失。',
  severalMissing: '第 {wanted} 至 {last} 条缺失。',
  doesNotFollow: '第 {sequence} 条不接续前一条：它被更改过，或者前一条连同其哈希被更改过。',
  standsLater: '第 {wanted} 条排在后面的记录之后。',
  standsAs: '原第 {wanted} 条的编号变成了 {sequence}。',
  behindEnd: '第 {sequence} 条位于密封链头所指的末尾之后。',
  otherHash: '第 {sequence} 条之后的哈希与{source}不符：此前的链已被重写。',
  noneAtAll: '密封链头指明最后一条为第 {count} 条，但一条也没有。',
  endsBefore: '密封链头指明最后一条为第 {count} 条，但链在第 {last} 条之后结束。',
  otherEnd: '链自身吻合，但结尾的哈希与密封链头不符。',

  sealedHead: '密封链头',
  copyOfHead: '链头副本（audit.head）',
  headHit: '密封链头已损坏或被拿走：{reason}。',
  copyHit: '密封链头的副本（audit.head）已损坏或被拿走：{reason}。',
  copyGone:
    'audit.head 缺失，因此数据库若被换回旧状态将无法察觉。请查明是谁拿走了它；服务器下次启动时会说明没有它如何继续。',
  olderDatabase: '数据库比链头副本旧：缺少 {missing} 条记录。',
  storeDiffers: '存储与最后一次提交的不一致：{found}。',

  storeIntact: '共 {entries} 条，到第 {count} 条为止，与密封链头一致。',
  prunedBefore: '第 {first} 条之前的记录已被清理。',
  exportEmpty: '导出文件中没有记录。',
  exportLine: '{file} 的第 {line} 行不是导出的审计记录：它被更改或截断了。',
  exportBeyond: '导出文件超出了密封链头所指的末尾。',
  exportOther: '存储中该编号的记录与之不同。',
  exportAlone:
    '导出的 {entries} 条记录（第 {first} 至 {last} 条）彼此接续；这里没有存储，无法判断是否属于它。',
  exportForgotten:
    '导出的 {entries} 条记录（第 {first} 至 {last} 条）彼此接续；密封链头中已没有它们的信息。',
  exportOwn: '导出的 {entries} 条记录（第 {first} 至 {last} 条）属于该存储。',
  provedBefore: '第 {first} 条本身只有连同前一份导出才能证明。',
}

/** What the server's commands say, in English. */
export const EN = {
  startHelp: `Usage: {start}

Starts the server; Ctrl-C or SIGTERM stops it. Its settings are variables of the environment that
begin with CLAVIGER_; without any, its data is in ./claviger-data.

While it runs:
  {admin} help
  {auditVerify} --help

Exit codes: 0 stopped, 2 wrong arguments, {wrongSettings} wrong settings, 1 failed.
`,
  startTakesNothing: 'A start takes no arguments.',
  wrongNode:
    'Claviger needs Node {required}, and this is Node {version}. npm brings the right one: type "{install}" once, then "{start}".',

  adminMoreHelp: `
Help for one command:
  {admin} help vault
  {admin} vault create --help

Exit codes: 0 done, 1 refused or failed, 2 wrong arguments, 3 no server answers.`,
  choices: ' (choices: {list})',
  otherwise: ' (default: {value})',
  // The library that reads the arguments has its own English.
  'commander.unknownOption': '{message}',
  'commander.unknownCommand': '{message}',
  'commander.missingArgument': '{message}',
  'commander.optionMissingArgument': '{message}',
  'commander.missingMandatoryOptionValue': '{message}',
  'commander.invalidArgument': '{message}',
  'commander.excessArguments': '{message}',

  verifyHelp: `Usage: {auditVerify} [--export <file>...]

Verifies the audit chain of the store in CLAVIGER_DATA_DIR, with the server running or stopped:
every entry follows from the one before, and the last is the one that the sealed head and its copy
name.
With --export it verifies exported files, given in their order, and that they are the store's own.

Examples:
  {auditVerify}
  {auditVerify} --export ./audit-2026-10.jsonl --export ./audit-2026-11.jsonl

Exit codes: 0 intact, 1 not intact, 2 it cannot be told.
`,
  verifiedUpTo: 'Verified up to entry {sequence} of {of}.',
  unknownOption: 'There is no option {word}.',
  wrongOptionValue: 'The value of {word} is missing or wrong.',
  unexpectedWord: 'Not an option: {word}',
  wrongSettings: 'The settings are not right:',
  fault: '{message}',
  unsealFailed: '{message}',
  storeUnavailable: '{message}',
  recordCorrupt: '{message}',
  noSuchFile: '{message}',
  defect: 'The verification failed ({name}); this is a defect.',

  intact: 'Audit chain intact: {what}',
  notIntact: 'Audit chain NOT INTACT: {kind}. {reason}',
  notIntactAt: 'Audit chain NOT INTACT: {kind} at entry {where}. {reason}',

  changed: 'changed',
  dropped: 'dropped',
  reordered: 'reordered',
  added: 'added',
  tailCut: 'tail cut',
  chainLost: 'chain lost',
  rewritten: 'rewritten',
  recordsChanged: 'records changed',
  headDamaged: 'head damaged',
  copyMissing: 'copy of the head missing',

  standsInPlaceOf: 'Entry {sequence} stands where entry {wanted} belongs.',
  oneMissing: 'Entry {wanted} is missing.',
  severalMissing: 'Entries {wanted} to {last} are missing.',
  doesNotFollow:
    'Entry {sequence} does not follow from the one before: it was changed, or the one before was changed together with its hash.',
  standsLater: 'Entry {wanted} stands behind later ones.',
  standsAs: 'What was entry {wanted} stands as number {sequence}.',
  behindEnd: 'Entry {sequence} stands behind the end that the sealed head names.',
  otherHash:
    'The chain has another hash after entry {sequence} than {source}: it was written anew up to there.',
  noneAtAll: 'The sealed head names {count} as the last entry, but there is none at all.',
  endsBefore: 'The sealed head names {count} as the last entry, but the chain ends after {last}.',
  otherEnd: 'The chain fits in itself but does not end in the hash of the sealed head.',

  sealedHead: 'the sealed head',
  copyOfHead: 'the copy of the head (audit.head)',
  headHit: 'The sealed head was damaged or taken away: {reason}.',
  copyHit: 'The copy of the sealed head (audit.head) was damaged or taken away: {reason}.',
  copyGone:
    'audit.head is missing, so a database put back to an older state would not show. Find out who took it away; the next start of the server says how to go on without it.',
  olderDatabase: "The database is older than the head's copy: {missing} entries are missing.",
  storeDiffers: 'The store is not what was last committed: {found}.',

  storeIntact: '{entries} entries, up to number {count}, as the sealed head says.',
  prunedBefore: ' Entries before number {first} were pruned.',
  exportEmpty: 'The export holds no entry.',
  exportLine: 'Line {line} of {file} is not an exported audit entry: it was changed, or cut.',
  exportBeyond: 'The export goes on behind the end that the sealed head names.',
  exportOther: 'The store has another entry of this number.',
  exportAlone:
    '{entries} exported entries, numbers {first} to {last}, fit together; no store is here to tell whether they are its own.',
  exportForgotten:
    '{entries} exported entries, numbers {first} to {last}, fit together; the sealed head knows nothing of them any more.',
  exportOwn: '{entries} exported entries, numbers {first} to {last}, are those of the store.',
  provedBefore: ' Entry {first} itself is proved only with the export before it.',
} as const

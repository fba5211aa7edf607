import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { commandWithExample } from '../command-group.ts'
import { Ended } from '../ended.ts'
import { EXIT } from '../exit-codes.ts'
import type { Say } from '../language/messages.ts'
import { withVault } from '../objects/object-target.ts'
import type { JsonRecord } from '../output/json-value.ts'
import { vaultUrlOf, type VaultOptions } from '../vault-url.ts'
import { examineKms } from './examine-kms.ts'
import { examine, type Finding } from './examine.ts'

interface DoctorOptions extends VaultOptions {
  readonly kms?: true
}

/** `doctor`: says in plain words what is wrong between this machine and a vault, or KMS. */
export function doctorCommand(program: Command, context: CommandContext): void {
  const { say, give } = context
  withVault(commandWithExample(program, 'doctor', say('doctor'), 'doctor'), context)
    .option('--kms', say('optionKms'))
    .action(async (options: DoctorOptions) => {
      const findings: Finding[] = []
      const look = async (): Promise<readonly JsonRecord[]> => {
        const found =
          options.kms === true ? examineKms(context) : examine(vaultUrlOf(options, context), context)
        for await (const finding of found) findings.push(finding)
        return findings.map((finding) => ({ ...finding }))
      }
      await give({}, look, () => forPeople(findings, say))
      if (findings.some(({ state }) => state === 'failed')) throw new Ended(EXIT.failed)
    })
}

/** A table of what was found, and below it, where there is room, what to do. */
function forPeople(findings: readonly Finding[], say: Say): JsonRecord {
  const advice = findings.flatMap((finding) => finding.advice ?? [])
  return {
    findings: findings.map(({ check, state, detail }) => ({
      [say('titleCheck')]: say(`check.${check}`),
      [say('titleState')]: say(`state.${state}`),
      [say('titleFound')]: detail,
    })),
    ...(advice.length === 0 ? {} : { [say('titleAdvice')]: advice.join(' ') }),
  }
}

import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { commandWithExample } from '../command-group.ts'
import { Ended } from '../ended.ts'
import { EXIT } from '../exit-codes.ts'
import { withVault } from '../objects/object-target.ts'
import { vaultUrlOf, type VaultOptions } from '../vault-url.ts'
import { examine, type Finding } from './examine.ts'

/** `doctor`: says in plain words what is wrong between this machine and a vault. */
export function doctorCommand(program: Command, context: CommandContext): void {
  const { say, give } = context
  const columns = {
    [say('titleCheck')]: 'check',
    [say('titleState')]: 'state',
    [say('titleFound')]: 'detail',
    [say('titleAdvice')]: 'advice',
  }
  withVault(commandWithExample(program, 'doctor', say('doctor'), 'doctor'), context).action(
    async (options: VaultOptions) => {
      const findings: Finding[] = []
      await give(columns, async () => {
        const found = examine(vaultUrlOf(options, context), context)
        for await (const finding of found) findings.push(finding)
        return findings.map((finding) => ({ ...finding }))
      })
      if (findings.some(({ state }) => state === 'failed')) throw new Ended(EXIT.failed)
    },
  )
}

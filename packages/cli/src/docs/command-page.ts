import type { Command } from 'commander'
import { type Language, speaking } from '../language/messages.ts'
import { cliProgram } from '../program.ts'
import { silent } from '../testing/silent.ts'

interface Page {
  /** Where it stands. */
  readonly url: URL
  readonly opening: readonly string[]
  readonly fullStop: string
}

/** The generated pages, one in each language. */
export const COMMAND_PAGES: Readonly<Record<Language, Page>> = {
  en: {
    url: new URL('../../../../docs/reference/cli.md', import.meta.url),
    opening: [
      '# The command line',
      '',
      '[中文](../zh-CN/cli.md)',
      '',
      '`claviger <noun> <verb> …` works with Azure Key Vault and with Claviger alike. Its words and',
      'options are those of `az keyvault`. How it is used is told in',
      '[use the command line](../how-to/use-the-command-line.md).',
    ],
    fullStop: '.',
  },
  'zh-CN': {
    url: new URL('../../../../docs/zh-CN/cli.md', import.meta.url),
    opening: [
      '# 命令行参考',
      '',
      '[English](../reference/cli.md)',
      '',
      '`claviger <名词> <动词> …` 对 Azure Key Vault 和 Claviger 同样可用，词语和选项与 `az keyvault`',
      '相同。用法见[使用命令行](use-the-command-line.md)。',
    ],
    fullStop: '。',
  },
}

/** Renders the page of a language from the help of the command. */
export async function commandDocs(language: Language): Promise<string> {
  const { opening, fullStop } = COMMAND_PAGES[language]
  const program = await cliProgram(silent, speaking(language))
  const parts = [
    '<!-- Made from packages/cli by "npm run docs"; not by hand. -->',
    ...opening,
    '',
    block(program),
    ...program.commands.flatMap((noun) => section(noun, '##', noun.name(), fullStop)),
  ]
  return `${parts.join('\n').trimEnd()}\n`
}

function section(
  command: Command,
  heading: string,
  path: string,
  fullStop: string,
): readonly string[] {
  const own = command.commands.length === 0 ? block(command) : `${command.description()}${fullStop}\n`
  const inner = command.commands.flatMap((one) =>
    section(one, `${heading}#`, `${path} ${one.name()}`, fullStop),
  )
  return [`${heading} ${path}`, '', own, ...inner]
}

function block(command: Command): string {
  const lines: string[] = []
  command.configureOutput({ writeOut: (text) => lines.push(text) })
  command.outputHelp()
  return ['```', lines.join('').trimEnd(), '```', ''].join('\n')
}

import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program/build-program.ts';

/** The page of all commands, from the program's own definitions. */
export function renderCli(): string {
  const program = buildProgram(() => undefined);
  return `# The command line

Every command has \`--help\`. With \`--json\` exactly one document goes to standard output; progress and warnings go to
standard error. \`<run>\` is a path, the id of an analysed run, a unique prefix of one, or \`last\`; \`-\` is standard
input. Nothing is ever written into what is read.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | findings: a verdict at or above \`--fail-on\`, drift, an extractor that does not fit |
| 2 | wrong usage |
| 3 | unreadable input, or an output that can not be written |
| 4 | unknown or ambiguous format; nothing to read |
| 5 | some of several failed; the others are done |
| 6 | undecided, with \`--require-verdict\` |
| 130 | interrupted; what was finished stays |

${program.commands.flatMap((command) => renderCommand(command, 'codetracer')).join('\n')}`;
}

function renderCommand(command: Command, parent: string): string[] {
  const name = `${parent} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((child) => renderCommand(child, name));
  const usage = [name, ...command.registeredArguments.map(nameArgument)].join(' ');
  const rows = [
    ...command.registeredArguments
      .filter(({ description }) => description !== '')
      .map((argument) => row(nameArgument(argument), argument.description)),
    ...command.options.map(({ flags, description }) => row(flags, description)),
  ];
  const description = command.description();
  return [
    `## ${usage}\n\n${description.charAt(0).toUpperCase()}${description.slice(1)}.\n\n| | |\n|---|---|\n${rows.join('\n')}\n`,
  ];
}

function nameArgument(argument: Command['registeredArguments'][number]): string {
  return `<${argument.name()}${argument.variadic ? '...' : ''}>`;
}

function row(name: string, description: string): string {
  return `| \`${name}\` | ${description.replaceAll('|', '\\|')} |`;
}

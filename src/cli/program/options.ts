import type { Command } from 'commander';

/** Gets the exit code of the command that ran. */
export type Finish = (code: number) => void;

/** Options of every command that reads artifacts: how to read them. `format` says what `--format` is for. */
export function withReading(
  command: Command,
  format = 'take the artifacts for this format instead of detecting it',
): Command {
  return command
    .option('--format <id>', format)
    .option('--extractors <dir>', 'registry of learnt extractors (default: the user’s own)')
    .option('--no-extractors', 'read with hand-written formats only');
}

/** A command that asks about analysed runs. */
export function runCommand(program: Command, name: string, description: string): Command {
  const command = program
    .command(name)
    .description(description)
    .option('--json', 'print one JSON document')
    .option('--out <dir>', 'store of analysed runs (default: .codetracer)');
  return withReading(command, 'format of the artifact when <run> is a path').option(
    '--no-outcome',
    'leave the known outcome out of the diagnosis',
  );
}

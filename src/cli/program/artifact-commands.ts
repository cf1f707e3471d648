import type { Command } from 'commander';
import { type Finish, withReading } from './options.ts';

/** Commands over many artifacts: what is there, how well it is understood, what it says, and writing it anew. */
export function addArtifactCommands(program: Command, finish: Finish): void {
  const analyze = program
    .command('analyze')
    .description('diagnose one run, a folder of runs, or an archive of them')
    .argument(
      '<path...>',
      'files, folders, archives (.tar, .tar.gz, .tar.zst, .zip), or - for standard input',
    )
    .option('--json', 'print one JSON document')
    .option('--out <dir>', 'where the files go (default: .codetracer)')
    .option('--no-files', 'write no files')
    .option('--html', 'write report.html for every run (default: only for a single run)')
    .option('--no-html', 'write no report.html');
  withReading(analyze)
    .option('--no-outcome', 'diagnose without the known outcome and the checkers’ results')
    .option(
      '--fail-on <verdict>',
      'exit 1 when a run’s verdict is this or worse (decisive-failure, infrastructure-failure, undecided)',
    )
    .option('--require-verdict', 'exit 6 when a run stays undecided')
    .option('--workers <n>', 'threads for many runs (default: as many as there are cores)')
    .action(async (paths: string[], options) => {
      const { analyzeCommand } = await import('../commands/analyze.ts');
      finish(await analyzeCommand(paths, options));
    });

  const discover = program
    .command('discover')
    .description(
      'list what would be read, by format and by what it was known, and what would be left and why',
    )
    .argument('<path...>', 'files, folders, archives, or - for standard input')
    .option('--json', 'print one JSON document');
  withReading(discover).action(async (paths: string[], options) => {
    const { discoverCommand } = await import('../commands/discover.ts');
    finish(await discoverCommand(paths, options));
  });

  const conform = program
    .command('conform')
    .description('say how much of each artifact was understood, and what is not as its format is known')
    .argument('<path...>', 'files, folders, archives, or - for standard input')
    .option('--json', 'print one JSON document')
    .option('--fail-on <what>', 'exit 1 when there is any (drift)');
  withReading(conform).action(async (paths: string[], options) => {
    const { conformCommand } = await import('../commands/conform.ts');
    finish(await conformCommand(paths, options));
  });

  const convert = program
    .command('convert')
    .description('write runs in the format of another tool')
    .argument('<in>', 'a file, a folder, an archive, - for standard input, or <run>')
    .requiredOption('--to <target>', 'atif, otlp, openinference, trace or steps')
    .option(
      '--out <place>',
      'a file, a folder (one file per run), or - for standard output (default for one run)',
    )
    .option('--json', 'print one JSON document: what was written, lost and redacted')
    .option('--no-redact', 'keep secrets in the texts');
  withReading(convert).action(async (input: string, options) => {
    const { convertCommand } = await import('../commands/convert.ts');
    finish(await convertCommand(input, options));
  });

  program
    .command('effects')
    .description('say what commands do, from lines of JSON: {"command": …}, or {"tool": …, "args": …}')
    .argument('<file>', 'a file of JSON lines, or - for standard input')
    .option('--json', 'print one JSON document that holds the answers, instead of a line each')
    .action(async (file: string, options) => {
      const { effectsCommand } = await import('../commands/effects.ts');
      finish(await effectsCommand(file, options));
    });
}

import { Command } from 'commander';
import { VERSION } from '../app/version.ts';
import { addExtractorCommands } from './extractor-program.ts';

/** Every command with its arguments and options. `finish` gets the exit code of the command that ran. */
export function buildProgram(finish: (code: number) => void): Command {
  const program = new Command('codetracer')
    .description('Finds the step where a code agent’s run went off track.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(add --help for usage)')
    .addHelpText('after', '\n<run> is a path, the id of an analysed run, a unique prefix of one, or `last`.');

  program
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
    .option('--no-html', 'write no report.html')
    .option('--format <id>', 'take the artifacts for this format instead of detecting it')
    .option('--extractors <dir>', 'registry of learnt extractors (default: the user’s own)')
    .option('--no-extractors', 'read with hand-written formats only')
    .option('--no-outcome', 'diagnose without the known outcome and the checkers’ results')
    .option(
      '--fail-on <verdict>',
      'exit 1 when a run’s verdict is this or worse (decisive-failure, infrastructure-failure, undecided)',
    )
    .option('--require-verdict', 'exit 6 when a run stays undecided')
    .option('--workers <n>', 'threads for many runs (default: as many as there are cores)')
    .action(async (paths: string[], options) => {
      const { analyzeCommand } = await import('./commands/analyze.ts');
      finish(await analyzeCommand(paths, options));
    });

  program
    .command('discover')
    .description(
      'list what would be read, by format and by what it was known, and what would be left and why',
    )
    .argument('<path...>', 'files, folders, archives, or - for standard input')
    .option('--json', 'print one JSON document')
    .option('--format <id>', 'take the artifacts for this format instead of detecting it')
    .option('--extractors <dir>', 'registry of learnt extractors (default: the user’s own)')
    .option('--no-extractors', 'look for hand-written formats only')
    .action(async (paths: string[], options) => {
      const { discoverCommand } = await import('./commands/discover.ts');
      finish(await discoverCommand(paths, options));
    });

  program
    .command('conform')
    .description('say how much of each artifact was understood, and what is not as its format is known')
    .argument('<path...>', 'files, folders, archives, or - for standard input')
    .option('--json', 'print one JSON document')
    .option('--format <id>', 'take the artifacts for this format instead of detecting it')
    .option('--fail-on <what>', 'exit 1 when there is any (drift)')
    .option('--extractors <dir>', 'registry of learnt extractors (default: the user’s own)')
    .option('--no-extractors', 'read with hand-written formats only')
    .action(async (paths: string[], options) => {
      const { conformCommand } = await import('./commands/conform.ts');
      finish(await conformCommand(paths, options));
    });

  const runCommand = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('--json', 'print JSON')
      .option('--out <dir>', 'store of analysed runs (default: .codetracer)')
      .option('--format <id>', 'format of the artifact when <run> is a path')
      .option('--extractors <dir>', 'registry of learnt extractors (default: the user’s own)')
      .option('--no-extractors', 'read with hand-written formats only')
      .option('--no-outcome', 'leave the known outcome out of the diagnosis');

  runCommand('tree', 'print the trace tree')
    .argument('<run>')
    .action(async (run: string, options) => {
      const { treeCommand } = await import('./commands/tree.ts');
      finish(await treeCommand(run, options));
    });
  runCommand('show', 'print steps whole: thought, action, observation, effects, signals')
    .argument('<run>')
    .argument('<steps>', 'a step (7, 7.2, onset, last) or a range (3-7, 3-)')
    .action(async (run: string, steps: string, options) => {
      const { showCommand } = await import('./commands/show.ts');
      finish(await showCommand(run, steps, options));
    });
  runCommand('state', 'print what was true after a step')
    .argument('<run>')
    .argument('<step>', 'a step (7, 7.2, onset, last)')
    .option('--file <path>', 'print this file as it was after the step')
    .action(async (run: string, step: string, options) => {
      const { stateCommand } = await import('./commands/state.ts');
      finish(await stateCommand(run, step, options));
    });
  runCommand('why', 'say which steps made something so')
    .argument('<run>')
    .argument('<target>', 'file[:line][@step], test:<id>, cwd[@step], error:<n>, package:<name>, outcome')
    .action(async (run: string, target: string, options) => {
      const { whyCommand } = await import('./commands/why.ts');
      finish(await whyCommand(run, target, options));
    });
  program
    .command('convert')
    .description('write runs in the format of another tool')
    .argument('<in>', 'a file, a folder, an archive, - for standard input, or <run>')
    .requiredOption('--to <target>', 'atif, otlp, openinference, trace or steps')
    .option(
      '--out <place>',
      'a file, a folder (one file per run), or - for standard output (default for one run)',
    )
    .option('--json', 'print one JSON document: what was written, lost and redacted')
    .option('--no-redact', 'keep secrets in the texts')
    .option('--format <id>', 'take the artifacts for this format instead of detecting it')
    .option('--extractors <dir>', 'registry of learnt extractors (default: the user’s own)')
    .option('--no-extractors', 'read with hand-written formats only')
    .action(async (input: string, options) => {
      const { convertCommand } = await import('./commands/convert.ts');
      finish(await convertCommand(input, options));
    });
  program
    .command('formats')
    .description('list the formats and layouts that can be read')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const { formatsCommand } = await import('./commands/formats.ts');
      finish(formatsCommand(options));
    });
  addExtractorCommands(program, finish);
  program
    .command('demo')
    .description('diagnose the example run that is shipped with the program')
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      const { demoCommand } = await import('./commands/demo.ts');
      finish(await demoCommand(options));
    });
  program
    .command('doctor')
    .description('check that this machine has what the program needs')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const { doctorCommand } = await import('./commands/doctor.ts');
      finish(await doctorCommand(options));
    });
  return program;
}

import type { Command } from 'commander';
import type { BenchCompareCommandOptions } from '../commands/bench-compare.ts';
import type { BenchReportCommandOptions } from '../commands/bench-report.ts';
import type { BenchRunCommandOptions } from '../commands/bench-run.ts';
import type { BenchScoreCommandOptions } from '../commands/bench-score.ts';
import type { Finish } from './options.ts';

/** `codetracer bench …`: measuring this and other tools on labelled runs. */
export function addBenchCommands(program: Command, finish: Finish): void {
  const group = program.command('bench').description('measure failure localization on labelled runs');

  group
    .command('run')
    .description(
      'let systems answer on labelled runs, without the labels; a second call goes on where one ended',
    )
    .argument(
      '<data...>',
      'manifests (.jsonl, .json, .parquet), label files, sets with a point of no return, or folders with such files',
    )
    .option('--out <dir>', 'folder for predictions and manifest.json (default: .codetracer/bench)')
    .option('--corpus <dir>', 'folder that the artifacts of a label file are relative to')
    .option('--systems <names>', 'only these: names with commas between')
    .option('--ablate', 'also the diagnosis with parts of it switched off')
    .option('--no-outcome', 'no system gets the outcome of a run or its checkers’ results')
    .option('--limit <n>', 'at most so many cases')
    .option('--sample <seed>', 'with --limit: not the first cases, but a sample that the seed draws')
    .option('--json', 'print one JSON document')
    .action(async (data: string[], options: BenchRunCommandOptions) => {
      const { benchRunCommand } = await import('../commands/bench-run.ts');
      finish(await benchRunCommand(data, options));
    });

  measuring(group, 'score', 'score predictions against the labels, beside constant rules; writes scores.json')
    .argument('[run]', 'folder of `bench run` (default: .codetracer/bench)')
    .option('--out <dir>', 'folder for scores.json (default: the folder of the run)')
    .action(async (run: string | undefined, options: BenchScoreCommandOptions) => {
      const { benchScoreCommand } = await import('../commands/bench-score.ts');
      finish(await benchScoreCommand(run, options));
    });

  measuring(group, 'compare', 'compare two systems on the same cases, paired')
    .argument('<a>', 'a system of the run, of --predictions, or of another folder (folder:system)')
    .argument('<b>', 'the other one')
    .option('--run <dir>', 'folder of `bench run` (default: .codetracer/bench)')
    .action(async (a: string, b: string, options: BenchCompareCommandOptions) => {
      const { benchCompareCommand } = await import('../commands/bench-compare.ts');
      finish(await benchCompareCommand(a, b, options));
    });

  measuring(group, 'report', 'write report.md, report.json and a figure for each table')
    .argument('[run]', 'folder of `bench run` (default: .codetracer/bench)')
    .option('--out <dir>', 'folder for the report (default: the folder of the run)')
    .action(async (run: string | undefined, options: BenchReportCommandOptions) => {
      const { benchReportCommand } = await import('../commands/bench-report.ts');
      finish(await benchReportCommand(run, options));
    });
}

/** A command that reads predictions and labels. */
function measuring(group: Command, name: string, description: string): Command {
  return group
    .command(name)
    .description(description)
    .option(
      '--data <path>',
      'the labelled runs; again for more (default: those that the run was given)',
      gather,
    )
    .option(
      '--predictions <name=path>',
      'of another tool: a file of JSON lines, or a folder of <case>/codetracer_labels.json; again for more tools',
      gather,
    )
    .option('--set <names>', 'only cases of these label sets: names with commas between')
    .option('--seed <n>', 'seed of the resamples (default: 1)')
    .option('--resamples <n>', 'resamples of the intervals (default: 2000)')
    .option('--json', 'print one JSON document');
}

/** An option that may be given again. */
function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

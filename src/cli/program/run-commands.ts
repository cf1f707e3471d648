import type { Command } from 'commander';
import { type Finish, runCommand } from './options.ts';

/** Commands that ask about one run or two: `<run>` is a path, an id, a unique prefix of one, or `last`. */
export function addRunCommands(program: Command, finish: Finish): void {
  runCommand(program, 'tree', 'print the trace tree')
    .argument('<run>')
    .action(async (run: string, options) => {
      const { treeCommand } = await import('../commands/tree.ts');
      finish(await treeCommand(run, options));
    });

  runCommand(program, 'show', 'print steps whole: thought, action, observation, effects, signals')
    .argument('<run>')
    .argument('<steps>', 'a step (7, 7.2, onset, last) or a range (3-7, 3-)')
    .action(async (run: string, steps: string, options) => {
      const { showCommand } = await import('../commands/show.ts');
      finish(await showCommand(run, steps, options));
    });

  runCommand(program, 'state', 'print what was true after a step')
    .argument('<run>')
    .argument('<step>', 'a step (7, 7.2, onset, last)')
    .option('--file <path>', 'print this file as it was after the step')
    .action(async (run: string, step: string, options) => {
      const { stateCommand } = await import('../commands/state.ts');
      finish(await stateCommand(run, step, options));
    });

  runCommand(program, 'why', 'say which steps made something so')
    .argument('<run>')
    .argument('<target>', 'file[:line][@step], test:<id>, cwd[@step], error:<n>, package:<name>, outcome')
    .action(async (run: string, target: string, options) => {
      const { whyCommand } = await import('../commands/why.ts');
      finish(await whyCommand(run, target, options));
    });

  runCommand(program, 'diff', 'align two runs of a task by state: where they parted, what only one did')
    .argument('<runA>')
    .argument('<runB>')
    .option('--patch', 'add a unified diff of what the runs left in each file that differs')
    .option('--max <n>', 'items of every list that are printed', '10')
    .action(async (runA: string, runB: string, options) => {
      const { diffCommand } = await import('../commands/diff.ts');
      finish(await diffCommand(runA, runB, options));
    });
}

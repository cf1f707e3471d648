import type { Command } from 'commander';
import { type Finish, runCommand } from './options.ts';

/** Commands that ask about one run or two: `<run>` is a path, an id, a unique prefix of one, or `last`. */
export function addRunCommands(program: Command, finish: Finish): void {
  runCommand(program, 'tree', 'print the trace tree')
    .argument('<run>')
    .option('--stages', 'one line for each stage')
    .option(
      '--open <stages>',
      'one line for each stage, and the steps of these: implement,verify or 2,5 or all',
    )
    .option('--max-lines <n>', 'the most relevant lines, at most so many')
    .option('--max-tokens <n>', 'the most relevant lines, at most so many tokens (3 bytes each)')
    .option('--focus <step>', 'this step (7, 7.2, onset, last) and what stands around it')
    .option('--markdown', 'print tree.md: stages as blocks that open and close')
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
    .option('--since <step>', 'print only what changed since an earlier step')
    .action(async (run: string, step: string, options) => {
      const { stateCommand } = await import('../commands/state.ts');
      finish(await stateCommand(run, step, options));
    });

  runCommand(program, 'files', 'list the files that a run touched, or the versions of one')
    .argument('<run>')
    .argument('[path]', 'a file, or the end of its path')
    .option('--at <step>', 'as it was after this step (7, 7.2, onset, last); of a path the content then')
    .option('--diff <a..b>', 'the difference of two versions: numbers, or steps such as @12')
    .option('--seen', 'which lines the agent had been shown, and which it changed without')
    .action(async (run: string, path: string | undefined, options) => {
      const { filesCommand } = await import('../commands/files.ts');
      finish(await filesCommand(run, path, options));
    });

  runCommand(
    program,
    'patch',
    'print what the steps changed as a patch, or compare it with the one handed in',
  )
    .argument('<run>')
    .option('--at <step>', 'the changes up to this step (7, 7.2, onset, last)')
    .option('--check', 'compare with the patch that the run handed in, file by file')
    .action(async (run: string, options) => {
      const { patchCommand } = await import('../commands/patch.ts');
      finish(await patchCommand(run, options));
    });

  runCommand(program, 'why', 'say which steps made something so')
    .argument('<run>')
    .argument(
      '<target>',
      'file[:line[-line]][@step], test:<id>, error:<n>, cwd, env:<name>, package:<name>, process:<text>, service:<name>, port:<n>, branch, step:<n>, outcome',
    )
    .option('--max <n>', 'follow at most so many causes (default: 12)')
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

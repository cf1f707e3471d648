import { describe, expect, it } from 'vitest';
import { runFrom } from '../../../test/support/notation.ts';
import type { Commitment } from '../../model/state.ts';
import { buildHistory } from '../build-history.ts';
import { findPromises } from './find-promises.ts';

const promisesOf = (text: string): readonly Commitment[] => buildHistory(runFrom(text)).commitments;

describe('findPromises', () => {
  it.each<[text: string, deed: string, object?: string]>([
    ["I'll run the full test suite.", 'run-tests'],
    ['Now let me run `python check.py --all` once more.', 'run', 'python check.py --all'],
    ['Let me first create a new file `src/a.py`.', 'create', 'src/a.py'],
    ['I will also update the README.md.', 'update', 'README.md'],
    ["I'll remove the temporary files I created.", 'delete'],
    ['Let me delete repro.py.', 'delete', 'repro.py'],
    ['Let me install requests first.', 'install', 'requests'],
    ["I'll install the current sphinx package in editable mode.", 'install'],
    ["Let's commit these changes.", 'commit'],
    ['Finally, I will submit.', 'submit'],
  ])('%s', (text, deed, object) => {
    const [found, ...others] = findPromises(text);
    expect(others).toEqual([]);
    expect(found).toEqual({ deed, quote: text, ...(object !== undefined && { object }) });
  });

  it.each([
    'If that fails, I will run the tests again.',
    'Should I run the tests? Let me know.',
    'I would run the tests.',
    'Once you provide the key, I will run `python check.py`.',
    "I'll run the tests. Wait, they were deleted.",
    "I won't run the tests.",
    'Let me look at the tests.',
    'Let me clean up the script by removing the unused import.',
    "I'll fix the bug in the parser.",
    '```\nI will run the tests\n```',
    'Let me create a function that reads `a.json`.',
  ])('finds none in: %s', (text) => {
    expect(findPromises(text)).toEqual([]);
  });

  it('takes each clause with a verb of its own', () => {
    const deeds = findPromises("I'll create a.py and run the tests.").map(({ deed }) => deed);
    expect(deeds).toEqual(['create', 'run-tests']);
  });
});

describe('commitments of a run', () => {
  it('are kept by the first step that fits, from the one they come with', () => {
    const found = promisesOf(`
      final: I'll commit the changes.
      1 ~ I'll create a.py and then run the tests.
      1 > echo 1 > a.py
      2 > ls
      3 > pytest -q
      1 passed in 0.1s
      4 ~ Let me update docs/guide.md.
      4 > ls docs
    `);
    expect(found.map(({ deed, source, step, keptBy }) => [deed, source, step, keptBy])).toEqual([
      ['create', 'thought', '1', '1'],
      ['run-tests', 'thought', '1', '3'],
      ['update', 'thought', '4', undefined],
      ['commit', 'final-message', '4', undefined],
    ]);
  });

  it('are open until the step that keeps them', () => {
    const history = buildHistory(
      runFrom(`
        1 ~ I'll run the tests.
        1 > ls
        2 > pytest
      `),
    );
    expect([0, 1].map((at) => history.at(at).commitments.length)).toEqual([1, 0]);
    expect(history.at(0).commitments[0]).not.toHaveProperty('keptBy');
  });

  it('count a failed attempt for a deed, but not for a file', () => {
    const found = promisesOf(`
      1 ~ Let me install numpy.
      1 ! pip install numpy
      ERROR: No matching distribution found for numpy
      2 ~ Let me edit a.py.
      2 @!Edit {"file_path": "a.py", "old_string": "x", "new_string": "y"}
      <tool_use_error>String to replace not found in file.</tool_use_error>
    `);
    expect(found.map(({ keptBy }) => keptBy)).toEqual(['1', undefined]);
  });

  it('know items of a list that were marked as done without a step that fits', () => {
    const list = (status: string) =>
      JSON.stringify({
        todos: [
          { content: 'Create a.py', status: 'completed' },
          { content: 'Run the tests', status },
          { content: 'Think about the design', status: 'pending' },
        ],
      });
    const found = promisesOf(`
      1 > echo 1 > a.py
      2 @TodoWrite ${list('pending')}
      3 @TodoWrite ${list('completed')}
    `);
    expect(found.map(({ quote, keptBy, markedBy }) => [quote, keptBy, markedBy])).toEqual([
      ['Create a.py', '1', '2'],
      ['Run the tests', undefined, '3'],
    ]);
  });

  it('come from lists of other harnesses, too', () => {
    const found = promisesOf(`
      1 @update_plan {"plan": [{"step": "Run the tests", "status": "in_progress"}]}
      2 @task_tracker {"command": "plan", "task_list": [{"title": "Install requests", "status": "todo"}]}
      3 @update_todo_list {"todos": "[x] Delete repro.py\\n[ ] Commit the changes"}
    `);
    expect(found.map(({ quote, markedBy }) => [quote, markedBy])).toEqual([
      ['Run the tests', undefined],
      ['Install requests', undefined],
      ['Delete repro.py', '3'],
      ['Commit the changes', undefined],
    ]);
  });
});

/**
 * A run as text, so that tests of state, tree and diagnosis read like the case they describe.
 *
 *     const run = runFrom(`
 *       task: fix the parser
 *       cwd: /app
 *       outcome: failed tests/test_a.py::test_b "AssertionError: 1 != 2"
 *       1 > cat src/a.py
 *       def f(): return 1
 *       2 ~ The constant is wrong.
 *       2 > sed -i 's/1/2/' src/a.py
 *       3& > git diff
 *       4 ! pytest -q
 *       1 failed
 *       5 @Edit {"file_path": "src/a.py", "old_string": "2", "new_string": "3"}
 *       The file has been updated.
 *     `);
 *
 * The text's own indentation (that of its first line) is removed. First come header lines `key: value`:
 *
 * | key        | value                                                                           |
 * |------------|---------------------------------------------------------------------------------|
 * | task       | the task's text; repeated lines are joined                                        |
 * | format     | format id; `claude-code-session` unless told                                      |
 * | agent      | the agent's name                                                                  |
 * | cwd        | directory at the start                                                            |
 * | outcome    | `solved`, `failed`, `unknown`; a test id and a quoted message may follow: that check failed |
 * | check      | `passed`, `failed`, `error` or `skipped`, a test id, and a quoted message if any     |
 * | claims     | `solved` or `failed`: what the agent itself says of the outcome                   |
 * | exception  | a kind of `RunException` and a message: `limit 50 steps reached`                   |
 * | exit       | exit status as the harness names it                                               |
 * | submission | what was handed in; repeated lines are joined                                     |
 * | final      | the agent's last message; repeated lines are joined                               |
 *
 * Then come steps. A marker line is `<id> <mark> <text>`; what follows it, up to the next marker, is the observation.
 *
 * | marker            | meaning                                                                     |
 * |-------------------|-----------------------------------------------------------------------------|
 * | `3 > cmd`         | a shell command that exits with 0                                           |
 * | `3 ! cmd`         | ... with 1; `3 !127 cmd` with 127                                            |
 * | `3 ? cmd`         | ... whose exit status was not recorded                                      |
 * | `3 !timeout cmd`  | ... with that status (any of `StepStatus`) and no exit status; `pending` has no observation |
 * | `3 @Edit {...}`   | a call of a tool with JSON arguments                                        |
 * | `3 @!Edit {...}`  | ... that ended with an error                                                |
 * | `3 ~ text`        | thought of the step 3 that follows                                          |
 * | `3& > cmd`        | issued in the same turn as the step before (any mark)                       |
 * | `3 [/app] > cmd`  | the artifact records this directory after the step (any mark)               |
 * | `7.1 > cmd`       | first step of the sub-agent that step 7 started; `7.1.2` one level deeper   |
 * | `7 = name`        | names the sub-agent that step 7 started; stands before 7.1                  |
 * | `> more`          | directly below a marker: one more line of its command or thought            |
 *
 * An observation line that looks like a marker or a continuation is written with a backslash in front. A step without observation lines has the
 * empty observation. Ids must be the ones that the numbering gives; anything else throws, for it is a wrong test.
 */
import { renderAction } from '../../src/formats/shared/render-action.ts';
import type { RunId } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';
import { RunBuilder } from '../../src/model/run-builder.ts';
import type { PendingStep, ThreadBuilder } from '../../src/model/thread-builder.ts';
import { readHeader } from './notation-header.ts';
import { type NotedStep, readSteps } from './notation-steps.ts';

export const NOTATION_ARTIFACT = 'notation.txt';

export function runFrom(text: string, id = 'noted'): Run {
  const lines = dedent(text);
  const { header, rest } = readHeader(lines);
  const builder = new RunBuilder({ format: header.format, path: 'noted' });
  builder.artifact({ path: NOTATION_ARTIFACT, use: 'steps' });
  header.applyTo(builder);
  const threads = new Map<string, { thread: ThreadBuilder; count: number }>([
    ['', { thread: builder, count: 0 }],
  ]);
  const made = new Map<string, PendingStep>();
  for (const noted of readSteps(lines, rest)) {
    if (noted.kind === 'name') {
      threads.set(noted.id, {
        thread: builder.branch(expectStep(made, noted.id), { name: noted.name }),
        count: 0,
      });
      continue;
    }
    const parent = noted.id.includes('.') ? noted.id.slice(0, noted.id.lastIndexOf('.')) : '';
    const place = threads.get(parent) ?? { thread: builder.branch(expectStep(made, parent)), count: 0 };
    threads.set(parent, place);
    place.count++;
    const expected = `${parent === '' ? '' : `${parent}.`}${place.count}`;
    if (noted.id !== expected) throw new Error(`line ${noted.line}: step ${noted.id} should be ${expected}`);
    made.set(noted.id, addStep(place.thread, noted, place.count));
  }
  if (header.final !== undefined) builder.think(header.final, { artifact: NOTATION_ARTIFACT });
  return builder.build(id as RunId);
}

function expectStep(made: ReadonlyMap<string, PendingStep>, id: string): PendingStep {
  const step = made.get(id);
  if (!step) throw new Error(`a sub-agent needs step ${id} before it`);
  return step;
}

function addStep(thread: ThreadBuilder, noted: NotedStep, ordinal: number): PendingStep {
  const place = { artifact: NOTATION_ARTIFACT, line: noted.line };
  if (!noted.sameTurn || ordinal === 1) thread.beginTurn();
  if (noted.thought !== undefined) thread.think(noted.thought, place);
  const call = thread.call({
    tool: noted.tool,
    action: noted.args ? renderAction(noted.tool, noted.args) : noted.action,
    ...(noted.args && { args: noted.args }),
    place,
  });
  if (noted.status === 'pending') return call;
  thread.result(call, {
    observation: noted.observation,
    status: noted.status,
    ...(noted.exitCode !== undefined && { exitCode: noted.exitCode }),
    ...(noted.cwd !== undefined && { recordedCwd: noted.cwd }),
    place: { artifact: NOTATION_ARTIFACT, line: noted.observationLine },
  });
  return call;
}

/** Lines without the indentation of the first line that is not blank; blank lines at both ends are dropped. */
function dedent(text: string): string[] {
  const lines = text.split('\n');
  while (lines.length > 0 && lines[0]?.trim() === '') lines.shift();
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  const indent = /^ */.exec(lines[0] ?? '')?.[0] ?? '';
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
}

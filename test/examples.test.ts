import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentScript } from '../examples/recording/agent-script.ts';
import { failedFix } from '../examples/recording/failed-fix.ts';
import { goodFix } from '../examples/recording/good-fix.ts';
import { at } from '../src/base/json.ts';

const EXAMPLES = join(import.meta.dirname, '../examples');
const ID = 'timesheet__timesheet-17';

const read = (...path: string[]) => readFileSync(join(EXAMPLES, ...path), 'utf8');

describe.each<[AgentScript, boolean]>([
  [failedFix, false],
  [goodFix, true],
])('example $name', (script, resolved) => {
  const text = read(script.name, 'trajs', ID, `${ID}.traj.json`);
  const trajectory: { messages: { role: string; content: string; extra?: object }[]; info: object } =
    JSON.parse(text);

  it('holds the commands of its script, in order', () => {
    const turns = trajectory.messages
      .filter((message) => message.role === 'assistant')
      .map((message) => ({
        thought: message.content,
        command: at(message, 'extra', 'actions', 0, 'command'),
      }));
    expect(turns).toEqual(script.turns);
  });

  it('has an observation for every command but the submitting one, and ends with the checked patch', () => {
    const roles = trajectory.messages.slice(2).map((message) => message.role);
    const expected = script.turns.flatMap(() => ['assistant', 'tool']);
    expect(roles).toEqual([...expected.slice(0, -1), 'exit']);
    const patch = read(script.name, 'logs', ID, 'patch.diff');
    expect(at(trajectory.info, 'submission')).toBe(patch);
    expect(trajectory.messages.at(-1)?.content).toBe(patch);
  });

  it('was judged by the hidden checker', () => {
    const report: unknown = JSON.parse(read(script.name, 'logs', ID, 'report.json'));
    expect(at(report, ID, 'resolved')).toBe(resolved);
    const output = read(script.name, 'logs', ID, 'test_output.txt');
    for (const kind of ['FAIL_TO_PASS', 'PASS_TO_PASS']) {
      const failures = at(report, ID, 'tests_status', kind, 'failure') as string[];
      for (const test of failures) expect(output).toContain(`${test} ... FAIL`);
      expect(failures.length === 0).toBe(resolved);
    }
  });

  it('shows no directory of the machine that recorded it', () => {
    expect(text).not.toMatch(/\/tmp\/|\/home\/|\/root\b|codetracer-example/);
    expect(text).toContain('/testbed');
  });
});

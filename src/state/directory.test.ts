import { describe, expect, it } from 'vitest';
import { runFrom } from '../../test/support/notation.ts';
import { DirectoryTracker } from './directory.ts';

/** The directory before each step and after the last, when each step `cd`s where its action says. */
function walk(text: string): (string | undefined)[] {
  const run = runFrom(text);
  const tracker = new DirectoryTracker(run);
  const seen: (string | undefined)[] = [];
  let after: string | undefined;
  for (const step of [...run.steps, ...run.branches.flatMap((branch) => branch.steps)]) {
    const before = tracker.before(step);
    seen.push(before?.path);
    const target = /^cd (\S+)$/.exec(step.action)?.[1];
    after = tracker.settle(
      step,
      target === undefined ? before : tracker.enter(before, target, step, true),
    )?.path;
  }
  return [...seen, after];
}

describe('DirectoryTracker', () => {
  it('keeps cd in a shell that lives on, and forgets it in fresh shells', () => {
    const steps = 'cwd: /app\n1 > cd src\n2 > cd ../lib\n3 > cd -\n4 > ls';
    expect(walk(`format: openhands-events\n${steps}`)).toEqual([
      '/app',
      '/app/src',
      '/app/lib',
      '/app/src',
      '/app/src',
    ]);
    expect(walk(`format: mini-swe-agent\n${steps}`)).toEqual(['/app', '/app', '/app', '/app', '/app']);
    expect(walk(`format: atif\nagent: mini-swe-agent\n${steps}`)[4]).toBe('/app');
    for (const format of ['kimi', 'opencode', 'pi', 'qwen']) {
      expect(walk(`format: ${format}\n${steps}`)[4]).toBe('/app');
    }
  });

  it('believes what the artifact records', () => {
    expect(walk('cwd: /app\n1 [/x] > cd src\n2 > ls')).toEqual(['/app', '/x', '/x']);
    expect(walk('cwd: /app\n1 > cd /tmp\nShell cwd was reset to /app\n2 > ls')).toEqual([
      '/app',
      '/app',
      '/app',
    ]);
  });

  it('does not know what only the shell can expand', () => {
    expect(walk('cwd: /app\n1 > cd $HOME\n2 > cd src\n3 > cd /abs\n4 > ls')).toEqual([
      '/app',
      undefined,
      undefined,
      '/abs',
      '/abs',
    ]);
  });

  it('gives each sub-agent its own shell', () => {
    expect(walk('cwd: /app\n1 > cd src\n2 @Task {}\n2.1 > pwd\n2.2 > cd /y')).toEqual([
      '/app',
      '/app/src',
      '/app',
      '/app',
      '/y',
    ]);
  });

  it('takes the start from pwd, or from where most commands go first', () => {
    expect(walk('1 > pwd\n/repo\n2 > ls')[0]).toBe('/repo');
    expect(walk('1 > cd /x\n2 > pwd\n/x')[0]).toBeUndefined();
    const fresh = 'format: mini-swe-agent\n1 > ls\n2 > cd /testbed && ls\n3 > cd /testbed && cat a';
    const tracker = new DirectoryTracker(runFrom(fresh));
    const [first] = runFrom(fresh).steps;
    expect(first && tracker.before(first)).toEqual({
      path: '/testbed',
      provenance: 'assumed',
      by: undefined,
    });
  });
});

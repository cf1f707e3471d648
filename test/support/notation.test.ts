import { describe, expect, it } from 'vitest';
import { runFrom } from './notation.ts';

describe('run notation', () => {
  it('reads header, thoughts, commands, exit statuses and observations', () => {
    const run = runFrom(`
      task: fix it
      task: and test it
      format: mini-swe-agent
      cwd: /app
      outcome: failed tests/a.py::b "AssertionError: 1 != 2"
      final: Done.
      1 > cat a.py
      def f():
        return 1
      2 ~ wrong
      > constant
      2 > cat > a.py <<'EOF'
      > x = 1
      > EOF
      3 ! pytest
      \\4 > no marker
      4 !127 nope
      5 ? make
      6 !timeout sleep 100
      7 !pending ls
    `);
    expect(run.task?.text).toBe('fix it\nand test it');
    expect(run.format).toBe('mini-swe-agent');
    expect(run.initialCwd).toBe('/app');
    expect(run.outcome.kind).toBe('failed');
    expect(run.outcome.checks[0]).toMatchObject({
      test: 'tests/a.py::b',
      status: 'failed',
      message: 'AssertionError: 1 != 2',
    });
    expect(run.finalMessage?.text).toBe('Done.');
    const [one, two, three, four, five, six, seven] = run.steps;
    expect(one).toMatchObject({ action: 'cat a.py', exitCode: 0, observation: 'def f():\n  return 1' });
    expect(two).toMatchObject({ thought: 'wrong\nconstant', action: "cat > a.py <<'EOF'\nx = 1\nEOF" });
    expect(two?.observation).toBe('');
    expect(three).toMatchObject({ exitCode: 1, observation: '4 > no marker', status: 'error' });
    expect(four?.exitCode).toBe(127);
    expect(five).toMatchObject({ status: 'unknown' });
    expect(five).not.toHaveProperty('exitCode');
    expect(six?.status).toBe('timeout');
    expect(seven?.status).toBe('pending');
    expect(seven).not.toHaveProperty('observation');
  });

  it('reads tool calls, parallel steps, directories and sub-agents', () => {
    const run = runFrom(`
      1 @Read {"file_path": "/a"}
      2& @!Edit {"file_path": "/a"}
      no match
      3 [/app] > cd /app
      4 @Task {}
      4 = explorer
      4.1 > ls
      4.2 @Task {}
      4.2.1 > pwd
    `);
    expect(run.steps.map((step) => step.parallelGroup)).toEqual([1, 1, undefined, undefined]);
    expect(run.steps[0]).toMatchObject({ tool: 'Read', action: 'Read\nfile_path: /a', status: 'ok' });
    expect(run.steps[1]?.status).toBe('error');
    expect(run.steps[2]?.recordedCwd).toBe('/app');
    expect(run.branches.map((branch) => [branch.parent, branch.name, branch.steps.length])).toEqual([
      ['4', 'explorer', 2],
      ['4.2', undefined, 1],
    ]);
  });

  it('refuses ids that the numbering would not give, and text outside a step', () => {
    expect(() => runFrom('1 > ls\n3 > ls')).toThrow('step 3 should be 2');
    expect(() => runFrom('hello')).toThrow('no marker');
    expect(() => runFrom('1 ~ thought\n2 > ls')).toThrow('belongs to 1');
    expect(() => runFrom('1.1 > ls')).toThrow('needs step 1');
  });
});

import type { Effect, StepEffects } from '../../src/model/effect.ts';
import type { RunId } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';
import { RunBuilder } from '../../src/model/run-builder.ts';

const CERTAIN = 'certain';

/** One fifth each: whole writes, edits, reads, searches with an error in the output, test runs. */
function effectOf(index: number, files: number): Effect {
  const path = `/app/src/module_${Math.floor(index / 5) % files}.py`;
  switch (index % 5) {
    case 0:
      return { kind: 'write', path, change: { kind: 'set', content: fileText(index) }, certainty: CERTAIN };
    case 1: {
      const old = `value_${index - 1}_3 = 3`;
      return {
        kind: 'write',
        path,
        change: { kind: 'replace', old, new: `${old}0  # step ${index}`, all: false },
        certainty: CERTAIN,
      };
    }
    case 2:
      return { kind: 'read', path, certainty: CERTAIN };
    case 3:
      return { kind: 'run', program: 'python', script: path, certainty: CERTAIN };
    default:
      if (index % 500 === 4) {
        const names = [`package-${Math.floor(index / 500) % 50}`];
        return { kind: 'package', manager: 'pip', action: 'install', names, certainty: CERTAIN };
      }
      return { kind: 'test', runner: 'pytest', targets: [], certainty: CERTAIN };
  }
}

function fileText(index: number): string {
  return Array.from({ length: 25 }, (_, line) => `value_${index}_${line} = ${line}\n`).join('');
}

/** A run of so many steps in cycles of five: write, edit, read, a program that ends with an error, a test run (or an install). */
export function makeStateRun(steps: number): Run {
  const builder = new RunBuilder({ format: 'mini-swe-agent', path: 'synthetic' });
  builder.initialCwd = '/app';
  for (let i = 0; i < steps; i++) {
    builder.beginTurn();
    const failed = i % 5 === 3;
    const call = builder.call({
      tool: 'bash',
      action: `command ${i % 50} ${'x'.repeat(480)}`,
      place: { artifact: 'a' },
    });
    const line = `line of output ${i} that says nothing of interest to anyone who reads it\n`;
    // Five tests; one of them fails in every other hundred steps.
    const bad = Math.floor(i / 100) % 2 === 1 ? i % 5 : -1;
    const tested =
      i % 5 === 4 && i % 500 !== 4
        ? Array.from(
            { length: 5 },
            (_, test) => `tests/test_part.py::test_${test} ${test === bad ? 'FAILED' : 'PASSED'}\n`,
          ).join('')
        : '';
    builder.result(call, {
      observation:
        line.repeat(28) + tested + (failed ? `ValueError: bad value ${i % 97} in part ${i % 13}\n` : ''),
      exitCode: failed ? 1 : 0,
      status: failed ? 'error' : 'ok',
      place: { artifact: 'a' },
    });
  }
  return builder.build('synthetic' as RunId);
}

/** The effects of its steps, as certain as can be. */
export function stateRunEffects(run: Run): StepEffects[] {
  const files = Math.max(10, Math.floor(run.steps.length / 100));
  return run.steps.map((step, index) => {
    const effects = [effectOf(index, files)];
    const set = { class: index % 5 < 2 ? 'change' : 'explore', certainty: CERTAIN, effects } as const;
    return { step: step.id, requested: set, happened: set, programs: ['command'] };
  });
}

import type { CodeIdentity } from '../../src/app/bench/code-identity.ts';
import type { CaseSource, Dataset } from '../../src/app/bench/dataset.ts';
import type { CaseLabels } from '../../src/bench/bench-case.ts';
import type { Answer, System, SystemInput } from '../../src/bench/system.ts';
import { runFrom } from '../support/notation.ts';

/** The code as tests see it: the real digest would change with every edit. */
export const CODE: CodeIdentity = { version: '0.0.0', digest: 'code', weights: 'weights', fittedOn: [] };

/** A failed run of `steps` steps of which the third writes the file that the task is about. */
function noteRun(id: string, steps: number): string {
  const lines = ['task: make src/a.py return 2', 'outcome: failed tests/test_a.py::test_b "1 != 2"'];
  for (let step = 1; step <= steps; step++) {
    lines.push(
      step === 3 ? `3 > echo 'def f(): return 3 # ${id}' > src/a.py` : `${step} > cat src/a.py`,
      'text',
    );
  }
  return lines.join('\n');
}

/** Labelled runs in memory; case `case-1` has six steps, each further one a step more. */
export function makeDataset(count: number, change: Partial<CaseSource> = {}): Dataset {
  const ids = Array.from({ length: count }, (_, index) => `case-${index + 1}`);
  return {
    cases: ids.map((id, index): CaseSource => {
      const run = runFrom(noteRun(id, index + 6), id);
      return {
        id,
        name: `trial ${id}`,
        set: 'made',
        digest: async () => `digest of ${id}`,
        open: async () => ({ kind: 'case', subject: { id, run } }),
        ...change,
      };
    }),
    labels: new Map(ids.map((id, index) => [id, labelsOf(id, index)])),
    files: [{ path: 'labels.jsonl', sha256: 'labels', bytes: 1 }],
    refusals: [],
  };
}

function labelsOf(id: string, index: number): CaseLabels {
  return {
    id,
    readings: [{ onset: 3, incorrect: [3], unuseful: [5] }],
    solved: false,
    steps: index + 6,
    traits: { set: 'made', task: `task ${index % 3}` },
  };
}

/** A system that notes what it was given and always blames the same step. */
export function makeSystem(name: string, change: Partial<System> = {}, seen: SystemInput[] = []): System {
  return {
    name,
    kind: 'rule',
    about: 'blames one step',
    outcome: 'withheld',
    settings: { step: 3 },
    predict(input): Answer {
      seen.push(input);
      const steps = input.context.steps.length;
      return { steps, onset: [{ step: 3, share: 1 }], incorrect: [3], unuseful: [], tokens: 0, dollars: 0 };
    },
    ...change,
  };
}

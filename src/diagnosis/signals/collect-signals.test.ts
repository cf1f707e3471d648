import { describe, expect, it } from 'vitest';
import { partsOf, stepsWith } from '../../../test/support/diagnose-noted.ts';
import { LABEL_SIGNAL_CASES } from '../../../test/support/label-signal-cases.ts';
import { ONSET_SIGNAL_CASES, type SignalCase } from '../../../test/support/onset-signal-cases.ts';
import { SIGNALS } from './signal-rule.ts';

const NUMBERS = Array.from({ length: 400 }, (_, i) => `line ${i}`).join('\n      ');
const LONG = 'because the values differ '.repeat(20);

const CASES: Readonly<Record<string, SignalCase>> = {
  ...ONSET_SIGNAL_CASES,
  ...LABEL_SIGNAL_CASES,
  'a file is made, then tested with a failure': {
    run: `
      task: Create src/parse.py so that it parses numbers
      cwd: /app
      outcome: failed tests/a.py::b "src/parse.py is wrong"
      1 > ls
      src
      2 > cat > src/parse.py <<'X'
      > value = 1
      > X
      3 ! python src/parse.py
      ValueError: bad number
    `,
    fires: {
      'source-write': [2],
      'first-source-write': [2],
      'last-source-write': [2],
      'largest-write': [2],
      'write-share': [2],
      'creates-source': [2],
      'final-version': [2],
      'task-file-write': [2],
      'mentioned-write': [2],
      'makes-final-file': [2],
      'verified-failing': [2],
      'in-slice': [2, 3],
      'step-failed': [3],
      'error-shown': [3],
      'new-error': [3],
      verifies: [3],
      'last-step': [3],
      'ends-on-failure': [3],
      explores: [1, 3],
      early: [1],
      late: [3],
      position: [1, 2, 3],
      'no-thought': [1, 2, 3],
    },
  },
  'a file that nobody named is edited unseen and never checked': {
    run: `
      cwd: /app
      1 > sed -i 's/a/b/' lib/core.py
      2 > ls
      lib
    `,
    fires: { 'blind-write': [1], 'unverified-change': [1], 'off-target-write': [1] },
  },
  'a change is followed by a passing program': {
    run: `
      cwd: /app
      1 > sed -i 's/a/b/' lib/core.py
      2 > python lib/core.py
      fine
    `,
    fires: { 'verified-passing': [1], 'unverified-change': [] },
  },
  'a test that was there is changed': {
    run: `
      cwd: /app
      1 > sed -i 's/1/2/' tests/test_core.py
    `,
    fires: { 'test-weakened': [1] },
  },
  'only a scratch file is written': {
    run: `
      cwd: /app
      1 > echo hello > /tmp/note.txt
    `,
    fires: { 'scratch-write': [1], 'source-write': [] },
  },
  'everything is reset': {
    run: `
      cwd: /app
      1 > git reset --hard
      HEAD is now at 1234567 start
    `,
    fires: { destructive: [1] },
  },
  'a change is taken back': {
    run: `
      cwd: /app
      1 > cat src/a.py
      x = 1
      2 > sed -i 's/1/2/' src/a.py
      3 > git checkout src/a.py
      Updated 1 path from the index
    `,
    fires: { 'undone-later': [2] },
  },
  'the same error comes again and is passed over': {
    run: `
      cwd: /app
      1 ! python src/a.py
      ValueError: bad number
      2 ! python src/a.py
      ValueError: bad number
      3 > echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT
    `,
    fires: {
      'new-error': [1],
      'same-error-again': [2],
      'after-failure': [2, 3],
      'same-program-fails': [2],
      'repeats-action': [2],
      'repeats-often': [],
      'error-ignored': [3],
      submits: [3],
      'submits-failing': [3],
    },
  },
  'one look is repeated again and again': {
    run: `
      cwd: /app
      1 > cat src/settings_of_parser.py
      value_of_the_first_setting = 1 and no more than that
      2 > cat src/settings_of_parser.py
      value_of_the_first_setting = 1 and no more than that
      3 > cat src/settings_of_parser.py
      value_of_the_first_setting = 1 and no more than that
      4 > cat src/settings_of_parsen.py
    `,
    fires: {
      'repeats-action': [2, 3],
      'repeats-often': [3],
      reread: [2, 3],
      'same-output': [2, 3],
      'similar-to-previous': [4],
      'empty-result': [4],
    },
  },
  'calls are malformed': {
    run: `
      cwd: /app
      1 !2 </command>
      bash: syntax error
      2 !2 </command> ls
      bash: syntax error
      3 !127 frobnicate
      bash: frobnicate: command not found
    `,
    fires: { malformed: [1, 2], 'first-malformed': [1], 'not-found': [3] },
  },
  'the agent says what it does': {
    run: `
      cwd: /app
      1 ~ The problem is the parser.
      1 > ls
      src
      2 ~ Let me use a different approach with a mock.
      2 ! python src/a.py
      ValueError: bad
      3 ~ It works correctly now.
      3 > ls
      src
      4 ~ It is not possible here.
      4 > ls src
      a.py
      5 ~ ${LONG}
      5 > pwd
      /app
    `,
    fires: {
      concludes: [1],
      'changes-approach': [2],
      fabrication: [2],
      'claims-success': [3],
      'claims-despite-failure': [3],
      'gives-up': [4],
      'long-thought': [5],
      'no-thought': [],
    },
  },
  'the run ends on notes with a question': {
    run: `
      cwd: /app
      final: Would you like me to go on?
      1 > ls
      src
      2 @TodoWrite {"todos": [{"content": "fix it", "status": "completed"}]}
      Todos have been modified
    `,
    fires: { 'only-notes': [2], 'marks-done': [2], 'ends-on-notes': [2], 'ends-asking': [2] },
  },
  'the last call is never answered': {
    run: `
      1 > ls
      src
      2 !pending make
    `,
    fires: { 'ends-unanswered': [2] },
  },
  'packages, a server in the shell, and waiting': {
    run: `
      cwd: /app
      1 > pip install flask
      Successfully installed flask
      2 > python server.py &
      3 > sleep 10
    `,
    fires: { installs: [1], 'leaves-running': [2], waits: [3] },
  },
  'what the task asks for is never made': {
    run: `
      task: Write the answer to /app/answer.txt
      cwd: /app
      1 > ls
      src
    `,
    fires: { 'ends-without-output': [1] },
  },
  'one file is written whole three times and read back': {
    run: `
      cwd: /app
      1 > echo one > src/a.py
      2 > echo two > src/a.py
      3 > echo three > src/a.py
      4 > cat src/a.py
      three
    `,
    fires: { 'superseded-write': [1, 2], 'repeated-rewrite': [2, 3], 'reads-own-write': [4] },
  },
  'an edit does not apply': {
    run: `
      cwd: /app
      1 @!Edit {"file_path": "/app/src/a.py", "old_string": "x", "new_string": "y"}
      String to replace not found in file.
    `,
    fires: { 'failed-change': [1] },
  },
  'one output is far longer than the others': {
    run: `
      1 > ls
      src
      2 > pwd
      /app
      3 > cat numbers.txt
      ${NUMBERS}
    `,
    fires: { 'long-output': [3] },
  },
};

describe('collectSignals', () => {
  for (const [name, { run, fires }] of Object.entries(CASES)) {
    it(name, () => {
      const { table } = partsOf(run);
      const found = Object.fromEntries(
        Object.keys(fires).map((signal) => [signal, stepsWith(table, signal)]),
      );
      expect(found).toEqual(fires);
    });
  }

  it('has a case for every signal', () => {
    const shown = new Set(
      Object.values(CASES).flatMap(({ fires }) =>
        Object.entries(fires).flatMap(([name, steps]) => (steps.length > 0 ? [name] : [])),
      ),
    );
    expect(Object.keys(SIGNALS).filter((name) => !shown.has(name))).toEqual([]);
  });

  it('gives values from 0 to 1, each signal once per step, and quotes that stand in the step', () => {
    let quotes = 0;
    for (const { run } of Object.values(CASES)) {
      const parts = partsOf(run);
      const steps = new Map(parts.run.steps.map((step) => [step.id, step]));
      for (const signals of parts.table.values()) {
        expect(new Set(signals.map((signal) => signal.name)).size).toBe(signals.length);
        for (const { value, evidence } of signals) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          for (const { step, field, quote } of evidence) {
            if (step === undefined || field === 'artifact') continue;
            expect(steps.get(step)?.[field]).toContain(quote);
            quotes++;
          }
        }
      }
    }
    expect(quotes).toBeGreaterThan(100);
  });
});

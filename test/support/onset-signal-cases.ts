import type { SignalName } from '../../src/diagnosis/signals/signal-rule.ts';

export interface SignalCase {
  readonly run: string;
  /** Exactly the steps that carry each signal. */
  readonly fires: Partial<Record<SignalName, readonly number[]>>;
}

/** Cases of the signals that look for the decision behind the work. */
export const ONSET_SIGNAL_CASES: Readonly<Record<string, SignalCase>> = {
  'a rewrite keeps what an earlier step had written': {
    run: `
      task: Create src/parse.py so that it parses numbers
      cwd: /app
      1 ~ The parser needs split_numbers, nothing else.
      1 > ls
      src
      2 > cat > src/parse.py <<'X'
      > def split_numbers(text):
      >     return [int(part) for part in text.split(",")]
      > X
      3 > cat > src/parse.py <<'X'
      > import sys
      > def split_numbers(text):
      >     return [int(part) for part in text.split(",")]
      > X
    `,
    fires: {
      'authors-work': [2, 3],
      'main-author': [2],
      'settles-work': [2],
      'thinks-of-work': [1],
      'names-work': [1, 2, 3],
      'before-first-write': [1],
      'only-source-write': [],
    },
  },
  'a script is written, and the next step edits with it': {
    run: `
      cwd: /app
      1 > cat lib/core.py
      value = 1
      2 > cat > change.py <<'X'
      > text = open("lib/core.py").read()
      > open("lib/core.py", "w").write(text.replace("value = 1", "value = 22222"))
      > X
      3 > python change.py
    `,
    fires: {
      'feeds-work': [2],
      'source-write': [3],
      'only-source-write': [3],
      'main-author': [2],
      'scratch-write': [2],
    },
  },
  'an install fails for good, and the agent does without': {
    run: `
      cwd: /app
      outcome: failed tests/a.py::reads_blocks "the server answers with invented blocks"
      1 ! npm install solana
      npm error code ENETUNREACH
      2 ~ Let me try a different approach and simulate the answers.
      2 @TodoWrite {"todos": [{"content": "install the library", "status": "completed"}]}
      ok
      3 > cat > /app/server.js <<'X'
      > const blocks = { 1: "invented" };
      > X
      4 ~ I will mock the rest instead.
      4 > cat server.js
      const blocks
    `,
    fires: {
      'turns-away': [2, 4],
      'first-turn-away': [2],
      'marks-over-failure': [2],
      'opens-work': [3],
      'resembles-failure': [2, 3, 4],
    },
  },
  'a check after the run cannot reach the service': {
    run: `
      cwd: /app
      outcome: failed tests/a.py::answers "ConnectionError: Connection refused"
      1 > node old-server.js &
      2 > node server.js &
      3 > curl -s localhost:3000
      hello
    `,
    fires: { 'last-service-start': [2] },
  },
  'a run ends with a kill and nothing made': {
    run: `
      cwd: /app
      1 > ls
      readme
      2 > pkill -f train.py
    `,
    fires: { 'ends-with-nothing': [2], 'ends-on-kill': [2] },
  },
  'a failure is played down, and the agent makes do': {
    run: `
      cwd: /app
      1 ! make
      make: *** [libtcc1.a] Error 1
      2 ~ The library failed, but the binary was built. That is good enough for now.
      2 > ls
      tcc
      3 ~ Now I see that names are split at commas. So the fix should be in split_names.
      3 > cat names.py
      names
      4 > cat other.py
      names
      5 ~ There are still issues with the network. I will create a simple script with the known answers.
      5 > echo 42 > answer.txt
    `,
    fires: {
      'makes-do': [2, 5],
      'last-makes-do': [5],
      decides: [3],
      'concludes-and-decides': [3],
      'plays-down': [2],
      'plays-down-failure': [2],
    },
  },
};

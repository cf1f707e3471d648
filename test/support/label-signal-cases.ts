import type { SignalCase } from './onset-signal-cases.ts';

/** Cases of what steps add, repeat, and lead to: the signals that the labels are learnt from. */
export const LABEL_SIGNAL_CASES: Readonly<Record<string, SignalCase>> = {
  'a look shows what was seen, another what was seen but for its numbers': {
    run: `
      cwd: /app
      1 > cat notes.txt
      alpha beta 10
      gamma delta 20
      2 > head -5 notes.txt
      alpha beta 10
      3 > tail -5 other.txt
      alpha beta 11
      4 > cat last.txt
      alpha beta 10
      something new
    `,
    fires: {
      'old-news': [2, 4],
      'no-news': [2],
      'same-shape': [2, 3],
      'much-news': [1, 3, 4],
      'says-little': [2, 3],
      'looks-on': [2, 3, 4],
    },
  },
  'searches find nothing, and the first place is not named again': {
    run: `
      cwd: /app
      1 > cat lib/widgets.py
      a = 1
      2 > grep -rn frobnicate src
      3 > find . -name "*.cfg"
      4 @Glob {"pattern": "**/*.ini"}
      No files found
    `,
    fires: {
      'finds-nothing': [2, 3, 4],
      'nothing-again': [3, 4],
      lists: [3, 4],
      searches: [2],
      'target-dropped': [1],
    },
  },
  'what an output told is used by the next step, by a later one, or by none': {
    run: `
      cwd: /app
      1 > ls src
      parser_core.py lexer_unit.py
      2 > cat src/parser_core.py
      def parse_header(): return zeta_value
      3 > ls docs
      manual_page.md
      4 > sed -i 's/zeta_value/1/' src/parser_core.py
    `,
    fires: {
      'output-used': [1, 2],
      'output-used-next': [1],
      'output-unused': [3],
      'shows-work': [1, 2, 4],
      'written-unused': [4],
    },
  },
  'the work is done and checked, and looks and checks go on': {
    run: `
      cwd: /app
      1 > echo "x = 1" > src/a.py
      2 > python src/a.py
      value 1
      3 > python src/a.py
      value 2
      4 > echo "import a" > /tmp/check.py
      5 > python /tmp/check.py
      fine
      6 > cat src/a.py
      x = 1
    `,
    fires: {
      'after-work': [2, 3, 4, 5, 6],
      'after-passing': [3, 4, 5, 6],
      'checks-again': [3, 5],
      'late-check': [3, 5],
      'same-result': [3],
      'scratch-after-check': [4],
      'fails-unchanged': [],
    },
  },
  'a check fails three times with no change between': {
    run: `
      cwd: /app
      1 ! python main.py
      ValueError: one
      2 ! python main.py
      ValueError: one
      3 > ls
      main.py
      4 ! python main.py
      ValueError: one
    `,
    fires: {
      'fails-unchanged': [2, 4],
      'fails-in-a-row': [2],
      'failures-near': [1, 2, 3, 4],
      'run-fails': [1, 2, 3, 4],
      'run-length': [1, 2, 3, 4],
      retried: [1],
      'same-program': [2],
    },
  },
  'notes right after notes, and notes that mark nothing more as done': {
    run: `
      1 @TodoWrite {"todos": [{"content": "a", "status": "pending"}]}
      noted
      2 @TodoWrite {"todos": [{"content": "a", "status": "in_progress"}]}
      noted
      3 > ls
      src
      4 @TodoWrite {"todos": [{"content": "a", "status": "completed"}]}
      noted
      5 > pwd
      /app
      6 @TodoWrite {"todos": [{"content": "a", "status": "completed"}, {"content": "b", "status": "pending"}]}
      noted
    `,
    fires: { 'notes-again': [2], 'notes-no-progress': [1, 2, 6], 'notes-so-far': [2, 4, 6] },
  },
  'a tool refuses, an installer finds all in place, and a command differs in a number': {
    run: `
      cwd: /app
      1 @!Write {"file_path": "/app/a.py", "content": "x"}
      <tool_use_error>File has not been read yet.</tool_use_error>
      2 > pip install requests
      Requirement already satisfied: requests
      3 > sed -n '1,20p' b.py
      alpha
      4 > cd /app && sed -n '21,40p' b.py 2>/dev/null
      beta
    `,
    fires: { refused: [1], 'nothing-to-do': [2], 'like-earlier': [4] },
  },
  'small doings: folders, prints, versions, other places, and an end put to a process': {
    run: `
      task: Mend /app/main.py
      cwd: /app
      1 > mkdir -p build/out
      2 > echo "all done"
      all done
      3 > python3 --version
      Python 3.11
      4 > cat /etc/hosts
      127.0.0.1 localhost
      5 > echo "print(1)" > /tmp/probe.py
      6 > echo "print(2)" > /tmp/probe.py
      7 > rm /tmp/probe.py
      8 > kill 123
    `,
    fires: {
      'makes-folder': [1],
      prints: [2],
      'probes-tool': [3],
      'looks-outside': [4],
      'scratch-again': [6, 7],
      'scratch-rewritten': [6, 7],
      'cleans-up': [7],
      kills: [8],
    },
  },
  'the agent looks again to be sure, takes a step back, and admits a mistake': {
    run: `
      cwd: /app
      1 > cat a.py
      x = 1
      2 ~ That did not work, let me try a different approach.
      2 > cat b.py
      y = 2
      3 ~ I apologize, that was the wrong file.
      3 > cat c.py
      z = 3
      4 ~ One last time, just to be sure.
      4 > cat c.py
      z = 3
    `,
    fires: { regretted: [1, 2], 'admits-mistake': [3], 'double-checks': [4] },
  },
  'a script is written anew under another name': {
    run: `
      cwd: /app
      1 > cat > run_one.py <<'X'
      > import os
      > value = os.getcwd()
      > print(value)
      > X
      2 > cat > run_two.py <<'X'
      > import os
      > value = os.getcwd()
      > print(value, 2)
      > X
    `,
    fires: { 'writes-again': [2] },
  },
  'files and packages are gone back to, and nothing else is done': {
    run: `
      cwd: /app
      1 > cd /app/src
      2 > cat a.py
      x = 1
      3 > pip install numpy==1.0
      Successfully installed numpy-1.0
      4 ! pip install numpy==2.0
      ERROR: no matching distribution
      5 > head -3 a.py
      x = 1
      6 ~ Let me summarize what we have.
      6 > ls
      a.py
    `,
    fires: {
      'moves-only': [1],
      'installs-again': [4],
      'next-fails': [3],
      'looks-again': [5],
      'sums-up': [6],
    },
  },
};

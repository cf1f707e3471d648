/**
 * How lines of test runners begin, blanks aside. Every output that a runner here can read has such a line, or one of
 * the texts below; most outputs of commands have none, and looking at the beginnings of lines is what costs least.
 */
const BEGINNINGS = [
  '===',
  'Tests',
  'Test Files ',
  'Test Suites: ',
  'TAP version ',
  'Testing against ',
  'Ran ',
  'FAIL',
  'PASS',
  'ERROR',
  'XFAIL ',
  'XPASS ',
  '--- PASS: ',
  '--- FAIL: ',
  '--- SKIP: ',
  'ok ',
  'not ok ',
  'test result: ',
  'no tests ',
  '{"Time"',
  '{"Action"',
  '[INFO] Tests',
  '[ERROR] ',
  '[WARNING] Tests',
  '[gw',
  'Summary [',
  'ℹ ',
  '> Task :',
  'RUN  v',
  'congratulations',
  'evaluation failed',
  'nox > ',
  'OK (',
  'Passed! ',
  'Failed! ',
  'Total tests: ',
  'Files=',
];

/** Places of tests and results that stand anywhere in a line. */
const ANYWHERE = ['.py::', ' ... ok', ' ... FAIL', ' ... ERROR'];

/** `3 passed`, `5 examples`, `67% tests passed`, `1/3 Test`, `1..4`, `2 passing`. */
const COUNTED =
  /\d+(?:%|\/\d+)? (?:passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?|passing|failing|pending|examples?|doctests?|propert(?:y|ies)|runs|tests?|Test)\b|\d+\.\.\d/y;

const byFirst = new Map<number, string[]>();
for (const beginning of BEGINNINGS) {
  const first = beginning.charCodeAt(0);
  byFirst.set(first, [...(byFirst.get(first) ?? []), beginning]);
}

/** Whether an output is worth reading for test results. May be wrong in saying yes, never in saying no. */
export function mayHoldTests(text: string): boolean {
  for (let start = 0; start < text.length; ) {
    if (opensLikeTests(text, start)) return true;
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  return ANYWHERE.some((mark) => text.includes(mark));
}

function opensLikeTests(text: string, start: number): boolean {
  let at = start;
  let code = text.charCodeAt(at);
  while (code === 32 || code === 9) code = text.charCodeAt(++at);
  if (code >= 48 && code <= 57) {
    COUNTED.lastIndex = at;
    return COUNTED.test(text);
  }
  const beginnings = byFirst.get(code);
  return beginnings?.some((beginning) => text.startsWith(beginning, at)) ?? false;
}

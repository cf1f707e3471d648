import { stripAnsi } from '../base/text.ts';
import type { TestReport } from '../model/test-result.ts';
import { bats } from './bats.ts';
import { cargoTest } from './cargo-test.ts';
import { ctest } from './ctest.ts';
import { dotnet } from './dotnet.ts';
import { exunit } from './exunit.ts';
import { goTest } from './go-test.ts';
import { jest } from './jest.ts';
import { mayHoldTests } from './may-hold-tests.ts';
import { minitest } from './minitest.ts';
import { mocha } from './mocha.ts';
import { nodeTest } from './node-test.ts';
import { phpunit } from './phpunit.ts';
import { prove } from './prove.ts';
import { pytest } from './pytest.ts';
import { rspec } from './rspec.ts';
import type { Runner, TestOutput } from './runner.ts';
import { surefire } from './surefire.ts';
import { sympy } from './sympy.ts';
import { tap } from './tap.ts';
import { tox } from './tox.ts';
import { unittest } from './unittest.ts';
import { vitest } from './vitest.ts';

/** Order decides where two runners read the same output: the one with the plainer marks first, wrappers last. */
export const RUNNERS: readonly Runner[] = [
  sympy,
  pytest,
  unittest,
  vitest,
  jest,
  cargoTest,
  goTest,
  nodeTest,
  mocha,
  ctest,
  rspec,
  surefire,
  phpunit,
  dotnet,
  minitest,
  exunit,
  bats,
  prove,
  tap,
  tox,
];

/**
 * What a test command's output says, recognised by its content; undefined when it holds no results. `command` only
 * decides between runners that both read something. Output without tests costs one look at the beginnings of its lines.
 */
export function parseTestOutput(command: string | undefined, output: string): TestReport | undefined {
  const text = stripAnsi(output);
  if (!mayHoldTests(text)) return undefined;
  const opened = findOpenings(text);
  const likely = RUNNERS.filter((runner) =>
    runner.marks.some((mark) => (mark.startsWith('\n') ? opened.has(mark) : text.includes(mark))),
  );
  if (likely.length === 0) return undefined;
  const read: TestOutput = { text, lines: text.split('\n').map(tidy) };
  let best: TestReport | undefined;
  let bestRank = -1;
  for (const runner of likely) {
    const report = runner.parse(read);
    if (!report) continue;
    const named = command !== undefined && runner.commands.some((word) => command.includes(word));
    const rank =
      (named ? 4 : 0) + (report.summary === undefined ? 0 : 2) + (report.results.length > 0 ? 1 : 0);
    if (rank <= bestRank) continue;
    best = report;
    bestRank = rank;
  }
  return best;
}

/** No line of a runner is longer; a longer one is data, and would cost the patterns dearly. */
const LONGEST_LINE = 2000;

function tidy(line: string): string {
  return (line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line).trimEnd();
}

/** The marks that open a line, by the code of the first character behind the line break. */
const OPENINGS = new Map<number, string[]>();
for (const mark of new Set(RUNNERS.flatMap((runner) => runner.marks))) {
  if (!mark.startsWith('\n')) continue;
  const first = mark.charCodeAt(1);
  OPENINGS.set(first, [...(OPENINGS.get(first) ?? []), mark]);
}

/**
 * The marks that open a line of the output, also its first: found in one walk over the beginnings of lines, as searching
 * for each of them would stop at every line break.
 */
function findOpenings(output: string): Set<string> {
  const found = new Set<string>();
  for (let start = 0; ; ) {
    for (const mark of OPENINGS.get(output.charCodeAt(start)) ?? []) {
      if (found.has(mark)) continue;
      if (start === 0 ? output.startsWith(mark.slice(1)) : output.startsWith(mark, start - 1))
        found.add(mark);
    }
    const end = output.indexOf('\n', start);
    if (end < 0) return found;
    start = end + 1;
  }
}

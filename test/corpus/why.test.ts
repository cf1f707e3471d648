import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/app/analyze.ts';
import { readRuns } from '../../src/app/read-runs.ts';
import type { Analysis } from '../../src/query/analysis.ts';
import { answerWhy } from '../../src/query/why/answer-why.ts';
import type { WhyAnswer, WhyLink } from '../../src/query/why/why-answer.ts';
import { whyDocumentSchema } from '../../src/query/why-schemas.ts';
import { blameLines } from '../../src/state/causes/blame-lines.ts';
import { causeIndexOf } from '../../src/state/causes/cause-index.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';

const findings = {
  quotes: [] as string[],
  order: [] as string[],
  schema: [] as string[],
  lines: [] as string[],
};
const counts = { runs: 0, answers: 0, quotes: 0, lines: 0, kinds: new Map<string, number>() };

describe.runIf(hasCorpus)('why, over every run of the corpus', () => {
  beforeAll(async () => {
    for await (const item of readRuns([CORPUS])) {
      if (item.kind !== 'run' || item.run.steps.length === 0) continue;
      counts.runs++;
      const analysis = analyze(item.run);
      for (const target of sampleTargets(analysis)) checkAnswer(analysis, answerWhy(analysis, target));
      checkBlame(analysis);
    }
  }, 300_000);

  it('answers thousands of questions of every kind', () => {
    expect(counts.runs).toBeGreaterThan(300);
    expect(counts.answers).toBeGreaterThan(3000);
    const kinds = ['file', 'line', 'test', 'error', 'package', 'cwd', 'step', 'outcome'];
    for (const kind of kinds) expect([kind, counts.kinds.get(kind) ?? 0]).not.toEqual([kind, 0]);
  });
  it('quotes word for word from the named field of the named step', () => {
    expect(counts.quotes).toBeGreaterThan(10_000);
    expect(findings.quotes).toEqual([]);
  });
  it('puts the newest cause first, and rests causes on what was there when they came to be', () =>
    expect(findings.order).toEqual([]));
  it('prints what its schema says', () => expect(findings.schema).toEqual([]));
  it('lays a line only to a version that holds it, and that the version before did not hold there', () => {
    expect(counts.lines).toBeGreaterThan(3000);
    expect(findings.lines).toEqual([]);
  });
});

/** Questions of every kind that the run can be asked, a few of each. */
function sampleTargets({ history, run }: Analysis): string[] {
  const end = history.at(history.records.length - 1);
  const spread = <T>(all: readonly T[], most = 3): T[] =>
    all.length <= most
      ? [...all]
      : Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)] as T);
  const files = spread(end.changedFiles(), 4);
  const lined = files.filter(({ content }) => content !== undefined && content !== '');
  const middle = Math.ceil(run.steps.length / 2);
  return [
    'outcome',
    ...(end.cwd ? ['cwd'] : []),
    ...(end.git.branch ? ['branch'] : []),
    ...files.map(({ path }) => `file:${path}`),
    ...lined.flatMap(({ path, content = '' }) => {
      const count = content.trimEnd().split('\n').length;
      return [`file:${path}:${Math.ceil(count / 2)}`, `file:${path}:1-${count}`];
    }),
    ...spread(history.errors).map(({ number }) => `error:${number}`),
    ...spread([...end.tests.keys()]).map((test) => `test:${test}@last`),
    ...spread([...end.packages.keys()]).map((name) => `package:${name}`),
    ...spread([...end.env.keys()]).map((name) => `env:${name}`),
    ...spread([...end.services.keys()]).map((name) => `service:${name}`),
    ...spread([...end.ports.keys()]).map((port) => `port:${port}`),
    ...spread([...new Set(end.processes.map(({ what }) => what))]).map((what) => `process:${what}`),
    ...new Set([`step:${middle}`, `step:${run.steps.length}`]),
  ];
}

function checkAnswer(analysis: Analysis, answer: WhyAnswer): void {
  const { history, run } = analysis;
  counts.answers++;
  const kind =
    /:\d+(?:-\d+)?$/.test(answer.target) && answer.target.startsWith('file:')
      ? 'line'
      : answer.target.split(':')[0];
  counts.kinds.set(kind ?? '', (counts.kinds.get(kind ?? '') ?? 0) + 1);
  const where = `${run.path} ${answer.target}`;
  if (answer.links.length === 0) findings.order.push(`${where}: no links`);
  for (const link of [...answer.links, ...answer.later]) {
    for (const { step, field, quote } of link.evidence) {
      counts.quotes++;
      if (quote.trim() === '') findings.quotes.push(`${where}: an empty quote`);
      if (field === 'artifact') continue;
      const record = history.records.find((one) => one.step.id === String(step));
      if (!record?.step[field]?.includes(quote))
        findings.quotes.push(`${where}: step ${step} ${field}: ${quote}`);
    }
  }
  const positionOf = ({ step, kind: of }: WhyLink): number => {
    if (step !== null) return history.records.findIndex((one) => one.step.id === String(step));
    return of === 'anchor' ? history.records.length : -1;
  };
  for (const [place, link] of answer.links.entries()) {
    for (const index of link.because) {
      const cause = answer.links[index];
      if (!cause || index === place) findings.order.push(`${where}: link ${place} rests on ${index}`);
      else if (
        cause.kind !== 'unseen-change' &&
        link.kind !== 'unseen-change' &&
        positionOf(cause) > positionOf(link)
      )
        findings.order.push(`${where}: step ${link.step} rests on the later step ${cause.step}`);
    }
  }
  const parsed = whyDocumentSchema.safeParse({ schema: 'codetracer.why/1', run: run.id, ...answer });
  if (!parsed.success) findings.schema.push(`${where}: ${parsed.error.message}`);
}

/** Every line of some files against the contents themselves, looked at without the map that the answer came from. */
function checkBlame({ history, run }: Analysis): void {
  const index = causeIndexOf(history);
  const files = history
    .at(history.records.length - 1)
    .changedFiles()
    .slice(0, 6);
  for (const { path, version: number } of files) {
    const version = history.versions(path)[number - 1];
    const lines = version?.content?.split('\n').slice(0, 300) ?? [];
    if (!version || lines.length > 290) continue;
    for (const origin of blameLines(
      index,
      version,
      lines.map((_, line) => line + 1),
    )) {
      counts.lines++;
      const made = origin.version.content?.split('\n')[origin.lineThen - 1]?.replace(/\r$/, '');
      const where = `${run.path} ${path}:${origin.line}`;
      if (made !== origin.text)
        findings.lines.push(`${where}: version ${origin.version.version} has ${made}`);
      const before = history.versions(origin.version.path)[origin.version.version - 2];
      if (origin.doubt || !before?.exists || before.content === undefined) continue;
      // A line that stands once in both, alone between neighbours that stand once in both, cannot be new.
      const [old, now] = [before.content.split('\n'), origin.version.content?.split('\n') ?? []];
      const same = [-1, 0, 1].every((offset) => {
        const line = now[origin.lineThen - 1 + offset];
        const at = line === undefined ? -1 : old.indexOf(line);
        return (
          line !== undefined &&
          at >= 0 &&
          at === old.lastIndexOf(line) &&
          now.indexOf(line) === now.lastIndexOf(line) &&
          at === old.indexOf(now[origin.lineThen - 1] ?? '') + offset
        );
      });
      if (same && origin.text.trim().length >= 8)
        findings.lines.push(`${where}: version ${before.version} has it with the lines around it`);
    }
  }
}

import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/app/analyze.ts';
import { readRuns } from '../../src/app/read-runs.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Analysis } from '../../src/query/analysis.ts';
import { reportRun } from '../../src/query/report-run.ts';
import { runReportSchema } from '../../src/query/schemas.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';

/** What is wrong with one analysed run, per kind of check. */
interface Findings {
  readonly integrity: string[];
  readonly quotes: string[];
  readonly stages: string[];
  readonly tree: string[];
  readonly schema: string[];
  runs: number;
  quoted: number;
}

const findings: Findings = {
  integrity: [],
  quotes: [],
  stages: [],
  tree: [],
  schema: [],
  runs: 0,
  quoted: 0,
};

describe.runIf(hasCorpus)('analysis of every run of the corpus', () => {
  beforeAll(async () => {
    for await (const item of readRuns([CORPUS])) {
      if (item.kind === 'failed') findings.integrity.push(`${item.path}: ${item.message}`);
      if (item.kind !== 'run') continue;
      findings.runs++;
      const where = item.run.path;
      findings.integrity.push(...checkIntegrity(item.run).map((problem) => `${where}: ${problem}`));
      const analysis = analyze(item.run);
      checkQuotes(analysis);
      await checkArtifactQuotes(analysis, item.folder ?? dirname(where));
      checkStages(analysis);
      checkTree(analysis);
      const parsed = runReportSchema.safeParse(reportRun(analysis));
      if (!parsed.success) findings.schema.push(`${where}: ${parsed.error.message}`);
    }
  }, 300_000);

  it('reads hundreds of runs and refuses none that it recognised', () => {
    expect(findings.runs).toBeGreaterThan(400);
    expect(findings.integrity).toEqual([]);
  });
  it('quotes word for word from the decoded field of the cited step', () => {
    expect(findings.quoted).toBeGreaterThan(1000);
    expect(findings.quotes).toEqual([]);
  });
  it('covers every step with contiguous stages', () => expect(findings.stages).toEqual([]));
  it('puts every step into the tree once, under a node that comes before', () =>
    expect(findings.tree).toEqual([]));
  it('prints what its schema says', () => expect(findings.schema).toEqual([]));
});

function checkQuotes({ run, diagnosis, history }: Analysis): void {
  const signals = [...diagnosis.signals.values()].flat().flatMap((signal) => signal.evidence);
  const anchors = diagnosis.anchors.flatMap((anchor) => anchor.evidence);
  for (const { step, field, quote } of [...diagnosis.evidence, ...signals, ...anchors]) {
    findings.quoted++;
    if (quote.trim() === '') findings.quotes.push(`${run.path}: an empty quote`);
    if (step === undefined || field === 'artifact') continue;
    const record = history.records[history.position(step) ?? -1];
    if (!record?.step[field]?.includes(quote))
      findings.quotes.push(`${run.path} step ${step} ${field}: ${quote}`);
  }
}

/** Quotes from outside the steps: word for word in the file that they name, plain or as JSON writes them. */
async function checkArtifactQuotes({ run, diagnosis }: Analysis, folder: string): Promise<void> {
  const anchors = diagnosis.anchors.flatMap((anchor) => anchor.evidence);
  const signals = [...diagnosis.signals.values()].flat().flatMap((signal) => signal.evidence);
  for (const { field, quote, place } of [...diagnosis.evidence, ...anchors, ...signals]) {
    if (field !== 'artifact') continue;
    const text = await readArtifact(folder, place.artifact);
    // A recording holds JSON inside the JSON of its events, cut anywhere: its words are compared, escapes left out.
    const plain = (value: string): string =>
      value.replace(/\\+[nrtu"/]?|[\s"\u0000-\u001f]|[^\x20-\x7e]/g, '');
    const isThere = place.castEvents
      ? plain(castText(text)).includes(plain(quote))
      : [quote, JSON.stringify(quote).slice(1, -1), asciiJson(quote)].some((form) => text.includes(form));
    if (!isThere) findings.quotes.push(`${run.path}: ${place.artifact}${place.pointer ?? ''}: ${quote}`);
  }
}

/** An artifact's text; it may lie in an archive, or beside the run's folder. */
async function readArtifact(folder: string, artifact: string): Promise<string> {
  const reader = await openDiskReader(folder, { boundary: CORPUS });
  const content = await reader.text(artifact);
  if (!content) throw new Error(`${folder}: no ${artifact}`);
  return content.text;
}

const casts = new Map<string, string>();

function castText(text: string): string {
  const known = casts.get(text.slice(0, 2000));
  if (known !== undefined) return known;
  const joined = text
    .split('\n')
    .slice(1)
    .map((line) => (line.includes('"o"') ? String(JSON.parse(line)[2]) : ''))
    .join('');
  casts.set(text.slice(0, 2000), joined);
  return joined;
}

/** JSON as Python writes it by default: everything beyond ASCII escaped. */
function asciiJson(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function checkStages({ run, tree }: Analysis): void {
  let next = 1;
  for (const stage of tree.stages) {
    if (stage.start !== next || stage.end < stage.start)
      findings.stages.push(`${run.path}: stage at ${stage.start}`);
    next = stage.end + 1;
  }
  if (next !== run.steps.length + 1)
    findings.stages.push(`${run.path}: stages end at ${next - 1} of ${run.steps.length}`);
}

function checkTree({ run, tree, history }: Analysis): void {
  const seen = new Map<string, number>();
  for (const [index, node] of tree.nodes.entries()) {
    if (node.index !== index) findings.tree.push(`${run.path}: node ${node.index} stands at ${index}`);
    if (index > 0 && !(node.parent !== undefined && node.parent < index))
      findings.tree.push(`${run.path}: parent of ${index}`);
    for (const id of [...(node.madeBy === undefined ? [] : [node.madeBy]), ...node.alsoBy, ...node.explore]) {
      seen.set(id, (seen.get(id) ?? 0) + 1);
    }
  }
  for (const { step } of history.records) {
    if (seen.get(step.id) !== 1)
      findings.tree.push(`${run.path}: step ${step.id} stands ${seen.get(step.id) ?? 0} times`);
  }
}

/**
 * How much of real artifacts is understood, by format, and every drift: `npx tsx bench/conformance.ts [--write] <folder>...`.
 * With `--write` the table goes into the marked block of docs/conformance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformRuns } from '../src/app/conform.ts';
import { FormatTotals } from '../src/app/report-conformance.ts';
import type { DriftKind } from '../src/evolve/conformance/conformance.ts';
import { FORMATS } from '../src/formats/registry.ts';
import { renderTable } from './lib/table.ts';

const PAGE = join(import.meta.dirname, '../docs/conformance.md');
const BLOCK = /(<!-- conformance:begin -->\n)[\s\S]*(<!-- conformance:end -->)/;

const args = process.argv.slice(2);
const folders = args.filter((arg) => arg !== '--write');
if (folders.length === 0) throw new Error('name a folder of artifacts');

const totals = new FormatTotals();
const kinds = new Map<DriftKind, { artifacts: number; findings: number }>();
let failed = 0;
for await (const item of conformRuns(folders)) {
  if (item.kind === 'failed') {
    failed++;
    console.error(`${item.code}: ${item.message}`);
  }
  if (item.kind !== 'artifact') continue;
  totals.add(item);
  const { drift } = item.conformance;
  for (const { what, message } of drift) console.error(`${item.format}  ${item.path}\n  ${what}: ${message}`);
  for (const what of new Set(drift.map((one) => one.what))) {
    const before = kinds.get(what) ?? { artifacts: 0, findings: 0 };
    kinds.set(what, {
      artifacts: before.artifacts + 1,
      findings: before.findings + drift.filter((one) => one.what === what).length,
    });
  }
}

const order = new Map(FORMATS.map(({ id }, index) => [id, index]));
const rows = totals
  .list()
  .toSorted((a, b) => (order.get(a.format) ?? Infinity) - (order.get(b.format) ?? Infinity))
  .map(({ format, artifacts, runs, records, text, facts, calls, drifting }) => [
    format,
    artifacts,
    runs,
    records.seen,
    percent(records.explained, records.seen),
    (text.bytes / 1e6).toFixed(2),
    percent(text.kept, text.bytes),
    percent(text.bytes - text.unexplained, text.bytes),
    percent(facts.bytes - facts.unexplained, facts.bytes),
    calls.total,
    percent(calls.paired, calls.total),
    drifting,
  ]);
const head = [
  'format',
  'artifacts',
  'runs',
  'records',
  'explained',
  'text MB',
  'kept',
  'kept or left out',
  'facts',
  'calls',
  'paired',
  'with drift',
];
const table = renderTable([head, ...rows]);
const listed = [...kinds]
  .toSorted(([a], [b]) => a.localeCompare(b))
  .map(([what, { artifacts, findings }]) => `${what} ${findings} times in ${artifacts} artifacts`);
const summary = `Drift: ${listed.join(', ') || 'none'}. ${failed} artifacts could not be read.`;
console.log(`${table}\n\n${summary}`);
if (args.includes('--write')) {
  const page = readFileSync(PAGE, 'utf8');
  if (!BLOCK.test(page)) throw new Error('docs/conformance.md has no block for the table');
  writeFileSync(PAGE, page.replace(BLOCK, `$1\n${table}\n\n${summary}\n\n$2`));
}

/** Cut, not rounded: 100 only where it is all. */
function percent(part: number, whole: number): string {
  if (whole === 0) return '-';
  return part === whole ? '100' : (Math.floor((part / whole) * 10_000) / 100).toFixed(2);
}

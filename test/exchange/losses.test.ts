import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/app/read-runs.ts';
import { exportRun } from '../../src/exchange/export-run.ts';
import { importText } from '../support/round-trip.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const FOLDERS = readdirSync(FIXTURES).filter((folder) => folder !== 'trace');

/** Which loss a difference belongs to, by the path of the field. */
const LOSS_OF: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/(?:artifacts|diagnostics|exitStatus|submission|formatVersion|stepCount)/, []],
  [/(?:Ref|\/place)(?:\/|$)/, ['places']],
  [/\/fileFacts$/, ['step.fileFacts']],
  [/\/(?:turn|parallelGroup)$/, ['turn']],
  [/^\/outcome/, ['outcome.signals', 'outcome.checks']],
  [/^\/branches/, ['branches.order']],
  [/^\/exceptions/, ['exceptions']],
];

/** A run that came back is another one by these. */
const NEW = /^\/(?:id|path|format)$/;

/** Paths of values that are not in the other, by a work list; indices are left out. */
function findMissing(from: unknown, other: unknown): Set<string> {
  const missing = new Set<string>();
  const work: { a: unknown; b: unknown; path: string }[] = [{ a: from, b: other, path: '' }];
  for (const { a, b, path } of work) {
    if (a === b || a === undefined) continue;
    if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) missing.add(path);
    else {
      for (const [key, value] of Object.entries(a)) {
        const below = Array.isArray(a) ? path : `${path}/${key}`;
        work.push({ a: value, b: Reflect.get(b, key), path: below });
      }
    }
  }
  return missing;
}

function fieldsOf(path: string): readonly string[] {
  for (const [pattern, fields] of LOSS_OF) {
    if (pattern.test(path)) return fields.length > 0 ? fields : [path.split('/')[1] ?? ''];
  }
  return [`nothing lists ${path}`];
}

describe.each(FOLDERS)('losses of runs of %s', (folder) => {
  it.each(['atif', 'otlp', 'openinference'] as const)('by %s are all listed', async (target) => {
    const unlisted: string[] = [];
    for await (const item of readRuns([join(FIXTURES, folder)])) {
      if (item.kind !== 'run') continue;
      const { parts, losses } = exportRun(item.run, target);
      const back = await importText([...parts].join(''), target);
      const listed = new Set(losses.map(({ field }) => field));
      for (const path of findMissing(item.run, back)) {
        if (!NEW.test(path) && !fieldsOf(path).some((field) => listed.has(field)))
          unlisted.push(`${item.run.path}: ${path}`);
      }
    }
    expect(unlisted).toEqual([]);
  });
});

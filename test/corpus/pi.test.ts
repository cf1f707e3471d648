import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { piFormat as format } from '../../src/formats/pi/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';
import { readRawObjects } from '../support/raw-records.ts';

const folder = join(CORPUS, 'pi');
const fixtures = 'badlogic+pi-mono/packages/coding-agent/test/fixtures';

/** Calls of answers that did not break off, counted in the raw files. */
const COUNTS: readonly (readonly [string, number])[] = [
  ['badlogic+pi-mono/history/compact.jsonl', 429],
  ['badlogic+pi-mono/history/session.jsonl', 189],
  [`${fixtures}/before-compaction.jsonl`, 449],
  [`${fixtures}/large-session.jsonl`, 373],
  ['jazzyalex+agent-sessions-fixtures/small.jsonl', 0],
];

interface Raw {
  readonly role: string;
  readonly stopReason?: string;
  readonly content?: readonly { readonly type: string }[];
}

describe.runIf(hasCorpus)('sessions of pi', () => {
  it.each(COUNTS)('%s: %i steps, every text kept', async (path, steps) => {
    const reader = await openDiskReader(folder);
    const runs = await extractRuns(format, reader, path);
    const [run] = runs;
    if (!run) throw new Error('no run');
    const messages = readRawObjects(join(folder, path)).flatMap(({ message }) =>
      message ? [message as Raw] : [],
    );
    const calls = messages
      .filter(({ stopReason }) => stopReason !== 'aborted' && stopReason !== 'error')
      .flatMap(({ content }) =>
        Array.isArray(content) ? content.filter(({ type }) => type === 'toolCall') : [],
      );
    expect(calls).toHaveLength(steps);
    expect(run.steps).toHaveLength(steps);
    expect(checkIntegrity(run)).toEqual([]);
    const kept = allTexts(runs);
    const answered = messages.filter(({ role }) => role === 'toolResult').length;
    expect(run.steps.filter(({ observation }) => observation !== undefined)).toHaveLength(answered);
    const bookkeeping = ['thinkingSignature', 'data', 'mimeType', 'id', 'type', 'partialJson', 'name'];
    const lost = messages.flatMap(({ content }) =>
      stringsIn(content, bookkeeping).filter((text) => !kept.includes(text)),
    );
    expect(lost).toEqual([]);
  });
});

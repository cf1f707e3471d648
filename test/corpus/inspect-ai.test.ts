import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectAiFormat } from '../../src/formats/inspect-ai/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const FOLDER = join(CORPUS, 'inspect-ai');
const FILES = hasCorpus
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
      (name) =>
        name.endsWith('.eval') ||
        (/\/(?:log|logs|test_logs|data|test_list_logs|test_eval_log)\//.test(name) && name.endsWith('.json')),
    )
  : [];

interface RawMessage {
  readonly role: string;
  readonly content: unknown;
  readonly tool_calls?: readonly { readonly arguments: unknown }[];
}

interface RawSample {
  readonly messages: readonly RawMessage[];
  readonly attachments?: Readonly<Record<string, string>>;
  readonly scores?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** Members of a zip archive, read without the project's own code. */
function* listZip(bytes: Buffer): Generator<{ name: string; text: string }> {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = end < 0 ? bytes.length : bytes.readUInt32LE(end + 16);
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === 0x02014b50) {
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    const unpacked =
      method === 93 ? execFileSync('zstd', ['-dcq'], { input: packed }) : inflateRawSync(packed);
    yield { name: bytes.toString('utf8', at + 46, at + 46 + nameLength), text: unpacked.toString('utf8') };
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

function readRaw(name: string): RawSample[] {
  const bytes = readFileSync(join(FOLDER, name));
  if (name.endsWith('.json')) return JSON.parse(bytes.toString('utf8')).samples ?? [];
  const samples = [...listZip(bytes)].filter((member) => member.name.startsWith('samples/'));
  return samples.map(({ text }): RawSample => JSON.parse(text));
}

/** Texts of a sample's messages, references to attachments replaced. */
function saidIn({ messages, attachments = {} }: RawSample): string[] {
  const content = messages.flatMap(({ content, tool_calls }) => [
    content,
    tool_calls?.map((call) => call.arguments),
  ]);
  const texts = stringsIn(content, ['type', 'signature', 'image', 'detail', 'internal', 'citations']);
  return texts.map((text) => attachments[text.replace('attachment://', '')] ?? text);
}

describe.runIf(hasCorpus).each(FILES)('Inspect log %s', (name) => {
  it('is a run per sample with all its calls, and loses no text', async () => {
    const samples = readRaw(name);
    const runs = await extractRuns(inspectAiFormat, await openDiskReader(FOLDER), name);
    expect(runs).toHaveLength(Math.max(1, samples.length));
    for (const run of runs) expect(checkIntegrity(run)).toEqual([]);
    const calls = samples.flatMap(({ messages }) => messages.flatMap(({ tool_calls = [] }) => tool_calls));
    expect(runs.reduce((sum, run) => sum + run.steps.length, 0)).toBe(calls.length);
    const solved = samples.filter(({ scores = {} }) =>
      Object.values(scores).some(({ value }) => value === 'C'),
    );
    expect(runs.filter(({ outcome }) => outcome.kind === 'solved')).toHaveLength(solved.length);
    const all = allTexts(runs);
    // A redacted reasoning is encrypted: no text.
    const isCipher = (text: string): boolean => /^[\w+/=-]{200,}$/.test(text);
    expect(samples.flatMap(saidIn).filter((text) => !all.includes(text) && !isCipher(text))).toEqual([]);
  });
});

it.runIf(hasCorpus)('covers the logs of the corpus', () => {
  expect(FILES.length).toBeGreaterThan(35);
});

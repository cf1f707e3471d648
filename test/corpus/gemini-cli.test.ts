import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { geminiCliFormat as format } from '../../src/formats/gemini-cli/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { allTexts } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const ROOT = join(CORPUS, 'gemini-cli');
const GOOGLE = 'google-gemini+gemini-cli';
const EVALS = `${GOOGLE}/evals/data/compression`;
const FILES = [
  `${GOOGLE}/trajectory.json`,
  `${EVALS}/scenario-constraints.json`,
  `${EVALS}/scenario-milestones.json`,
  `${EVALS}/scenario-replace-loop.json`,
  `${EVALS}/scenario-state-tracking.json`,
  `${EVALS}/scenario-tool-noise.json`,
  `${GOOGLE}/evals/long-context/fixtures/sample-activity.jsonl`,
  'jazzyalex+agent-sessions-fixtures/jsonl_v040.jsonl',
  'jazzyalex+agent-sessions-fixtures/large.json',
  'jazzyalex+agent-sessions-fixtures/small.json',
  'jazzyalex+agent-sessions-fixtures/schema_drift.json',
  'kvsankar+agent-history/tests/fixtures/rejections/gemini_with_tool_error.jsonl',
  'kvsankar+agent-history/tests/fixtures/v1/gemini_golden.json',
  'lanegrid+agtrace/crates/agtrace-providers/tests/samples/gemini_session.json',
  'lanegrid+agtrace/tests/fixtures/gemini/simple_session.json',
];

function read(path: string): unknown[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return path.endsWith('.jsonl')
    ? text
        .split('\n')
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line))
    : [JSON.parse(text)];
}

/** Every object inside a value, by a walk that knows nothing of the format. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = value as Record<string, unknown>;
  return [own, ...Object.values(own).flatMap(objectsIn)];
}

/** Counted by the names of the fields alone. */
function countCalls(path: string): number {
  return objectsIn(read(path)).reduce((sum, object) => {
    const listed = Array.isArray(object.toolCalls) ? object.toolCalls.length : 0;
    const printed =
      typeof object.content === 'string' && object.content.startsWith('{"type":"tool_use"') ? 1 : 0;
    return sum + listed + printed + (object.functionCall === undefined ? 0 : 1);
  }, 0);
}

function textsOf(path: string): string[] {
  return objectsIn(read(path)).flatMap((object) => {
    const { text, output, error, subject, description, displayName, type, content } = object;
    // A tool's description and the words on the screen are no part of the conversation.
    const thought = displayName === undefined && object.name === undefined ? [subject, description] : [];
    const said = type === 'user' || type === 'gemini' ? [content] : [];
    return [text, output, error, ...thought, ...said].filter(
      (value) => typeof value === 'string' && value !== '',
    );
  }) as string[];
}

describe.runIf(hasCorpus)('conversations of Gemini CLI in the corpus', () => {
  it.each(FILES)('%s has a step per call', async (path) => {
    const [run] = await extractRuns(format, await openDiskReader(ROOT), path);
    expect(run?.steps).toHaveLength(countCalls(path));
  });

  it.each(FILES)('%s loses no text', async (path) => {
    const runs = await extractRuns(format, await openDiskReader(ROOT), path);
    const raw = runs.flatMap(({ steps }) => steps.map(({ rawOutput }) => rawOutput ?? ''));
    const kept = `${allTexts(runs)}\n${raw.join('\n')}`;
    // The scenarios say beside the history what they are for.
    const about = path.startsWith(EVALS)
      ? read(path).flatMap((value) => [(value as { description?: string }).description])
      : [];
    const missing = textsOf(path).filter((text) => !kept.includes(text.trim()) && !about.includes(text));
    expect(missing).toEqual([]);
  });

  it('has a long run among them', () => {
    expect(countCalls(FILES[0] ?? '')).toBe(45);
  });
});

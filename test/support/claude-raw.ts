import { readFileSync } from 'node:fs';
import { isObject } from '../../src/base/json.ts';
import type { Run } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';

/** Texts of a raw log, found without any code of the extractors. */
export interface RawTexts {
  readonly said: string[];
  readonly shown: string[];
  /** Inputs of calls as JSON text. */
  readonly inputs: string[];
}

/** The JSON lines of a file, or of the output of a recording; other lines are left out. */
export function readRawRecords(path: string): Record<string, unknown>[] {
  const text = readFileSync(path, 'utf8');
  const lines = (path.endsWith('.cast') ? joinCast(text) : text).split('\n');
  return lines.flatMap((line) => {
    const start = line.indexOf('{"');
    try {
      const value: unknown = JSON.parse(start > 0 ? line.slice(start) : line);
      return isObject(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

function joinCast(text: string): string {
  const events = text.split('\n').filter(Boolean).slice(1);
  return events
    .map((line): [number, string, string] => JSON.parse(line))
    .filter(([, kind]) => kind === 'o')
    .map(([, , data]) => data)
    .join('')
    .replaceAll('\r', '');
}

export function collectRawTexts(records: readonly Record<string, unknown>[]): RawTexts {
  const texts: RawTexts = { said: [], shown: [], inputs: [] };
  for (const record of records) {
    if (record.type !== 'assistant' && record.type !== 'user') continue;
    const content = (record.message as { content?: unknown } | undefined)?.content;
    if (typeof content === 'string') texts.said.push(content);
    if (!Array.isArray(content)) continue;
    for (const block of content as Record<string, unknown>[]) collectBlock(block, texts);
  }
  return texts;
}

function collectBlock(block: Record<string, unknown>, texts: RawTexts): void {
  if (block.type !== 'tool_result' && typeof block.text === 'string') texts.said.push(block.text);
  if (typeof block.thinking === 'string') texts.said.push(block.thinking);
  if (block.type === 'tool_use') texts.inputs.push(JSON.stringify(block.input));
  if (block.type !== 'tool_result') return;
  if (typeof block.content === 'string') texts.shown.push(block.content);
  else if (Array.isArray(block.content)) {
    for (const part of block.content as { text?: unknown }[]) {
      if (typeof part.text === 'string') texts.shown.push(part.text);
    }
  }
}

/** Texts of the raw log that stand nowhere in the run, and how many inputs of calls belong to no step. */
export function findLost(raw: RawTexts, run: Run): { texts: string[]; inputs: number } {
  const steps: Step[] = [...run.steps, ...run.branches.flatMap((branch) => branch.steps)];
  const words = [
    ...steps.map((step) => step.thought),
    ...run.messages.map(({ text }) => text),
    ...run.branches.flatMap((branch) => [
      branch.finalMessage,
      ...(branch.messages ?? []).map(({ text }) => text),
    ]),
    run.finalMessage?.text,
  ].join('\u0000');
  const shown = steps.map((step) => step.observation ?? '');
  const exact = new Set(shown);
  const inputs = new Map<string, number>();
  for (const step of steps) {
    const key = JSON.stringify(step.args);
    inputs.set(key, (inputs.get(key) ?? 0) + 1);
  }
  let lostInputs = 0;
  for (const input of raw.inputs) {
    const left = inputs.get(input) ?? 0;
    if (left > 0) inputs.set(input, left - 1);
    else lostInputs++;
  }
  return {
    texts: [
      ...raw.said.filter((text) => text.trim() !== '' && !words.includes(text)),
      ...raw.shown.filter(
        (text) => !exact.has(text) && !words.includes(text) && !shown.some((whole) => whole.includes(text)),
      ),
    ],
    inputs: lostInputs,
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openhandsEventsFormat as format } from '../../src/formats/openhands-events/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const ROOT = join(CORPUS, 'openhands-v0/All-Hands-AI+OpenHands');
const PRONTO = 'evaluation/evaluation_outputs/outputs/logic_reasoning/CodeActAgent/ProntoQA';

/** Counted by hand in the artifacts: actions of the agent, and recalls, that an observation answers. */
const COUNTS: readonly (readonly [string, readonly number[]])[] = [
  ['openhands_home/sessions/3396c6f9bc024b81ad9bd57d9b9a6768', [0]],
  ['openhands_home/sessions/63b4315947a049e2b7a51249b3d4fcc3', [3]],
  ['tests/runtime/trajs/basic.json', [1]],
  ['tests/runtime/trajs/basic_gui_mode.json', [4]],
  ['tests/runtime/trajs/basic_interactions.json', [0]],
  ['tests/runtime/trajs/wrong_initial_state.json', [3]],
  ['tests/unit/resolver/mock_output/output.jsonl', [3, 21]],
  ['evaluation/benchmarks/multi_swe_bench/examples/output.jsonl', [23, 33, 50]],
  [`${PRONTO}/gpt-4o-2024-05-13_maxiter_10_N_v1.5/output.jsonl`, [2, 2, 2, 2, 2, 1]],
];

type Event = Record<string, unknown>;

function rawEvents(path: string): Event[] {
  if (!/\.jsonl?$/.test(path)) {
    const folder = join(ROOT, path, 'events');
    return readdirSync(folder).map((name): Event => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  }
  const text = readFileSync(join(ROOT, path), 'utf8');
  if (path.endsWith('.json')) return JSON.parse(text);
  const rows = text.split('\n').filter(Boolean);
  return rows.flatMap((row) => (JSON.parse(row) as { history: Event[] }).history.flat());
}

/** What the agent wrote and was shown, by the names of the fields alone. */
function saidAndShown(event: Event): string[] {
  if (event.action === 'change_agent_state' || event.message === 'No observation') return [];
  const {
    thought,
    command,
    code,
    content,
    final_thought: final,
    path,
    query,
  } = (event.args ?? event) as Event;
  const choices = (event.tool_call_metadata as { model_response?: { choices?: Event[] } } | undefined)
    ?.model_response?.choices;
  const said = (choices ?? []).map((choice) => (choice.message as Event).content);
  return stringsIn([thought, command, code, content, final, path, query, event.content, said]);
}

describe.runIf(hasCorpus)('OpenHands event streams of the corpus', () => {
  it.each(COUNTS)('%s has %j steps', async (path, counts) => {
    const runs = await extractRuns(format, await openDiskReader(ROOT), path);
    expect(runs.map(({ steps }) => steps.length)).toEqual(counts);
  });

  it.each(COUNTS)('%s loses no text', async (path) => {
    const runs = await extractRuns(format, await openDiskReader(ROOT), path);
    const kept = allTexts(runs);
    const texts = rawEvents(path).flatMap(saidAndShown);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => !kept.includes(text.trim()))).toEqual([]);
  });
});

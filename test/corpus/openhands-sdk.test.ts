import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openhandsSdkFormat as format } from '../../src/formats/openhands-sdk/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const ROOT = join(CORPUS, 'openhands-v1');
const CLI = 'OpenHands+OpenHands-CLI/tests/trajectories';
const SDK = 'OpenHands+software-agent-sdk';
const MESSAGES = `${SDK}/.pr/event-json-to-openai-messages/cd94562403b9487ebdd4018e3f531dfd/conversations`;

/** Counted by hand in the artifacts: calls other than finish. */
const COUNTS: readonly (readonly [string, number])[] = [
  [`${CLI}/cli447_hi_followup_iterative_case_a`, 2],
  [`${CLI}/cli447_hi_followup_iterative_case_b`, 0],
  [`${CLI}/confirmation_mode`, 3],
  [`${CLI}/creating_agent_plan`, 2],
  [`${CLI}/simple_echo_hello_world`, 1],
  [`${MESSAGES}/cd94562403b9487ebdd4018e3f531dfd`, 1],
  [`${SDK}/.pr/artifacts/20260121-210229/conversations/a3f2edad6f594a2f820cbabb09f93b3d`, 0],
  [`${SDK}/.pr/local_plugin_install_test/persistence/00000000000000000000000000000203`, 0],
  [`${SDK}/test_file_store`, 0],
  [`${SDK}/tests/sdk/conversation/goal/fixtures/events.jsonl`, 2],
];

type Event = Record<string, unknown>;

function rawEvents(path: string): Event[] {
  if (path.endsWith('.jsonl')) {
    const lines = readFileSync(join(ROOT, path), 'utf8').split('\n').filter(Boolean);
    return lines.map((line): Event => JSON.parse(line));
  }
  const own = readdirSync(join(ROOT, path));
  const folder = own.includes('events') ? join(ROOT, path, 'events') : join(ROOT, path);
  return readdirSync(folder)
    .filter((name) => name.startsWith('event-'))
    .map((name): Event => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/** What the agent wrote and was shown, by the names of the fields alone. */
function saidAndShown(event: Event): string[] {
  const observation = (event.observation ?? {}) as Event;
  const message = (event.llm_message ?? {}) as Event;
  return stringsIn(
    [
      event.thought,
      event.reasoning_content,
      event.thinking_blocks,
      event.action,
      observation.content,
      message.content,
      message.reasoning_content,
      message.thinking_blocks,
      event.extended_content,
      event.system_prompt,
      event.dynamic_context,
      event.error,
    ],
    ['type', 'kind', 'signature'],
  );
}

describe.runIf(hasCorpus)('OpenHands SDK conversations of the corpus', () => {
  it.each(COUNTS)('%s has %i steps', async (path, count) => {
    const [run] = await extractRuns(format, await openDiskReader(ROOT), path);
    expect(run?.steps).toHaveLength(count);
  });

  it.each(COUNTS)('%s loses no text', async (path) => {
    const kept = allTexts(await extractRuns(format, await openDiskReader(ROOT), path));
    const texts = rawEvents(path).flatMap(saidAndShown);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => !kept.includes(text.trim()))).toEqual([]);
  });
});

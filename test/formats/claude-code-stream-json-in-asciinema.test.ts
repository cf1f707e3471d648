import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claudeCodeCastFormat as format } from '../../src/formats/claude-code-stream-json-in-asciinema/format.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const path = 'claude-code-stream-json-in-asciinema/greeting/agent.cast';
const text = readFileSync(join(FIXTURES, path), 'utf8');

describe('a recording of the stream', async () => {
  const [run] = await extractRuns(format, createMemoryReader({ 'agent.cast': text }), 'agent.cast');

  it('reads records that are split over events, with debug lines between', () => {
    expect(run?.steps.map((step) => [step.tool, step.observation, step.status])).toEqual([
      ['Write', 'File created successfully at: /app/greeting.txt', 'ok'],
      ['Bash', 'hi', 'ok'],
    ]);
    expect(run?.steps[0]?.thought).toBe("I'll write the file.\n");
    expect(run?.finalMessage?.text).toBe('The file is there.');
    expect(run?.diagnostics.map(({ code }) => code)).toEqual(['non-json-line']);
  });

  it('points at the events that printed a call, and takes the times from them', () => {
    const [first] = run?.steps ?? [];
    const events = text.split('\n').slice(1);
    const [from, to] = first?.actionRef.castEvents ?? [0, 0];
    expect(to - from).toBe(3);
    expect(events.slice(from, to + 1).join('')).toContain('\\"tool_use\\"');
    const printed: [number] = JSON.parse(events[to] ?? '[0]');
    expect(first?.startedAt).toBe(1_767_225_600_000 + printed[0] * 1000);
    expect(first?.endedAt).toBeGreaterThan(first?.startedAt ?? 0);
  });

  it('takes the task from the command that was typed, and no usage from zeros', () => {
    expect(run?.task?.text).toBe(`Create greeting.txt with the text "hi". Don't make other files.`);
    expect(run?.usage).toBeUndefined();
    expect(run?.initialCwd).toBe('/app');
  });

  it('is claimed by this format alone', async () => {
    const scores = await scoreFormats(text, 'x');
    expect(scores[0]).toEqual({ id: format.id, score: 0.97 });
    expect(scores[1]?.score ?? 0).toBeLessThan(0.5);
    const other = '{"version":2,"width":80,"height":24}\n[1,"o","hello\\r\\n"]\n';
    expect((await scoreFormats(other, 'x.cast')).find(({ id }) => id === format.id)?.score).toBeLessThan(0.5);
  });

  it('reads what is left when the recording is cut anywhere', async () => {
    const runs = await extractCuts(format, path);
    const steps = runs.map((cut) => cut.steps.length);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(runs.every(({ diagnostics }) => diagnostics.length > 0)).toBe(true);
  });
});

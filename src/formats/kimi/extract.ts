import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { SessionNotes } from '../shared/session-notes.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { readContext } from './read-context.ts';
import { readWire } from './read-wire.ts';
import { isWireLine } from './schema.ts';

/** One run per session, from a context file or from a wire file, with its sub-agents' files. */
export async function* extractKimi({ reader, entry, path }: ExtractInput): AsyncGenerator<RunBuilder> {
  const run = new RunBuilder({ format: 'kimi', path });
  run.agent = { name: 'kimi-cli' };
  const notes = new SessionNotes(run);
  const head = (await reader.head(entry.path)) ?? '';
  if (isWire(head)) await readWire(run, notes, entry, reader);
  else await readContext(run, notes, entry, reader);
  notes.finish();
  yield run;
}

/** By the first lines; a first record that is longer than the head shows its kind at its start. */
function isWire(head: string): boolean {
  const lines = head.split('\n', 20);
  const objects = lines.flatMap((line) => splitJsonLine(line).objects.map(({ value }) => value));
  if (objects.length === 0) return /^\s*\{"type":\s*"/.test(head);
  return objects.some(isWireLine);
}

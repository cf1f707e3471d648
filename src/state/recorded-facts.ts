import type { Effect } from '../model/effect.ts';
import type { FileFact } from '../model/file-fact.ts';
import type { Step } from '../model/step.ts';
import type { FileStore } from './file-store.ts';

type Place = (path: string) => string;

/** What a step's result records of files as they were before it: they are known from there on. */
export function observeFacts(step: Step, at: number, files: FileStore, place: Place): void {
  for (const { path, before } of step.fileFacts ?? []) {
    if (typeof before === 'string') files.observe(place(path), at, before, 'text');
  }
}

/**
 * The effects with what the result records in the place of what the call asked for: the new content of a file stands
 * for the edit that made it. An edit that the user changed says nothing of the file unless its result is recorded.
 */
export function withRecorded(
  effects: readonly Effect[],
  step: Step,
  files: FileStore,
  place: Place,
): readonly Effect[] {
  let result = effects;
  for (const fact of step.fileFacts ?? []) result = withFact(result, fact, files, place);
  return result;
}

function withFact(
  effects: readonly Effect[],
  fact: FileFact,
  files: FileStore,
  place: Place,
): readonly Effect[] {
  const path = place(fact.path);
  const last = effects.findLastIndex((effect) => effect.kind === 'write' && place(effect.path) === path);
  const write = effects[last];
  const { after, before } = fact;
  if (after === undefined || after === null) {
    if (write?.kind !== 'write' || !fact.amended) return effects;
    return effects.with(last, { ...write, change: { kind: 'unknown' } });
  }
  // A read records the same text twice, and changes nothing.
  if (write?.kind !== 'write' && after === before) return effects;
  // Editors hand texts on with plain line ends; a file that is known to have others keeps them.
  if (files.track(path)?.content?.includes('\r\n') === true && !after.includes('\r\n')) return effects;
  const change = { kind: 'set', content: after } as const;
  // Line ends are unified by many recording tools: they are known where there was no file, or one with plain ones.
  const plain = before === null || after.includes('\r') || files.sureContent(path)?.includes('\r') === false;
  const certainty = plain ? 'certain' : 'likely';
  if (write?.kind === 'write')
    // However sure the call alone makes it: the result says what became of the file.
    return effects.with(last, {
      ...write,
      change,
      certainty: write.certainty === 'possible' ? write.certainty : certainty,
    });
  return [...effects, { kind: 'write', path: fact.path, change, creates: before === null, certainty }];
}

import type { Run } from '../../src/model/run.ts';

/** Everything that a run keeps of what was said, done and shown, as one text to look for others in. */
export function allTexts(runs: readonly Run[]): string {
  const texts: (string | undefined)[] = [];
  for (const run of runs) {
    const steps = [...run.steps, ...run.branches.flatMap((branch) => branch.steps)];
    for (const { thought, action, observation, args } of steps) {
      texts.push(thought, action, observation, ...stringsIn(args));
    }
    texts.push(
      ...run.messages.map(({ text }) => text),
      run.finalMessage?.text,
      run.task?.text,
      run.submission?.text,
    );
    texts.push(...run.exceptions.map(({ message }) => message));
    for (const { prompt, finalMessage, messages } of run.branches) {
      texts.push(prompt, finalMessage, ...(messages ?? []).map(({ text }) => text));
    }
  }
  return texts.filter((text) => text !== undefined).join('\n\u0000\n');
}

/** Every string inside a parsed JSON value, those under the given keys left out. */
export function stringsIn(value: unknown, without: readonly string[] = []): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((item) => stringsIn(item, without));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    without.includes(key) ? [] : stringsIn(item, without),
  );
}

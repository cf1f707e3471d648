import type { Effect } from '../model/effect.ts';

/**
 * The files of a patch in the `*** Begin Patch` form. Hunks name context instead of line numbers; an update becomes
 * exact replacements of each hunk's old lines (context and removals) by its new ones (context and additions).
 */
export function splitApplyPatch(text: string): Effect[] {
  const effects: Effect[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const match = /^\*\*\* (Add|Update|Delete) File: (.+?)\s*$/.exec(lines[i] ?? '');
    if (!match) continue;
    const path = match[2] ?? '';
    let end = i + 1;
    while (
      end < lines.length &&
      !/^\*\*\* (?:Add|Update|Delete) File: |^\*\*\* End Patch/.test(lines[end] ?? '')
    )
      end++;
    const body = lines.slice(i + 1, end);
    if (match[1] === 'Delete') effects.push({ kind: 'delete', path, recursive: false, certainty: 'certain' });
    else if (match[1] === 'Add') {
      const added = body.filter((line) => line.startsWith('+')).map((line) => line.slice(1));
      const content = added.length === 0 ? '' : `${added.join('\n')}\n`;
      effects.push({
        kind: 'write',
        path,
        change: { kind: 'set', content },
        creates: true,
        certainty: 'certain',
      });
    } else effects.push(...readUpdate(path, body));
    i = end - 1;
  }
  return effects;
}

function readUpdate(path: string, body: readonly string[]): Effect[] {
  const effects: Effect[] = [];
  const target = body
    .map((line) => /^\*\*\* Move to: (.+?)\s*$/.exec(line)?.[1])
    .find((name) => name !== undefined);
  const changes: { kind: 'replace'; old: string; new: string; all: false }[] = [];
  let old: string[] = [];
  let now: string[] = [];
  let touched = false;
  const flush = (): void => {
    if (touched) changes.push({ kind: 'replace', old: old.join('\n'), new: now.join('\n'), all: false });
    old = [];
    now = [];
    touched = false;
  };
  for (const line of body) {
    if (line.startsWith('@@')) flush();
    else if (line.startsWith('*** ')) continue;
    else if (line.startsWith('+')) {
      now.push(line.slice(1));
      touched = true;
    } else if (line.startsWith('-')) {
      old.push(line.slice(1));
      touched = true;
    } else {
      const context = line.startsWith(' ') ? line.slice(1) : line;
      old.push(context);
      now.push(context);
    }
  }
  flush();
  if (changes.length > 0)
    effects.push({ kind: 'write', path, change: { kind: 'sequence', changes }, certainty: 'certain' });
  if (target !== undefined) effects.push({ kind: 'move', from: path, to: target, certainty: 'certain' });
  return effects;
}

import type { ContextHunk, Effect } from '../model/effect.ts';

/**
 * The files of a patch in the `*** Begin Patch` form. Hunks name context instead of line numbers: each puts its new
 * lines (context and additions) in the place of its old ones (context and removals).
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
  const hunks = readHunks(body);
  if (hunks.length > 0)
    effects.push({ kind: 'write', path, change: { kind: 'hunks', hunks }, certainty: 'certain' });
  if (target !== undefined) effects.push({ kind: 'move', from: path, to: target, certainty: 'certain' });
  return effects;
}

function readHunks(body: readonly string[]): ContextHunk[] {
  const hunks: ContextHunk[] = [];
  let under: string[] = [];
  let old: string[] = [];
  let now: string[] = [];
  const flush = (atEnd: boolean): void => {
    if (old.length + now.length === 0) return;
    hunks.push({ under, old, new: now, atEnd });
    [under, old, now] = [[], [], []];
  };
  for (const line of body) {
    if (line.startsWith('@@')) {
      flush(false);
      // Of the ranges of a unified diff only the text behind them names a line.
      const name = line.replace(/^@@(?: -\d[\d,]* \+\d[\d,]* @@)? ?/, '').replace(/ @@$/, '');
      if (name.trim() !== '') under.push(name);
    } else if (/^\*\*\* End of File\s*$/.test(line)) flush(true);
    else if (line.startsWith('*** ')) continue;
    else if (line.startsWith('+')) now.push(line.slice(1));
    else if (line.startsWith('-')) old.push(line.slice(1));
    else {
      const context = line.startsWith(' ') ? line.slice(1) : line;
      old.push(context);
      now.push(context);
    }
  }
  flush(false);
  return hunks;
}

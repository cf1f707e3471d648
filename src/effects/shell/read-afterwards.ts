import { baseName, normalizePath } from '../../base/path.ts';
import type { Effect } from '../../model/effect.ts';
import type { GuessedCall } from './effect-record.ts';
import { judgeScriptName } from './judge-script-name.ts';
import type { TracedEffect } from './traced-effect.ts';

/** Programs with which one looks at a result. */
const VIEWERS = new Set(
  'cat head tail less md5sum sha1sum sha256sum wc xxd od hexdump file ls stat cmp diff jq sed awk grep python python3 identify'.split(
    ' ',
  ),
);

/** Files that programs make and people do not: pictures, tables, logs, archives. */
const MADE =
  /\.(?:ppm|pgm|png|jpe?g|gif|bmp|svg|pdf|csv|tsv|parquet|log|out|bin|dat|npy|npz|pkl|mp4|wav|gz|zip|html?)$/i;

/** Stems of results: `result.json`, `prediction.txt`. */
const RESULT =
  /(?:^|[-_.])(?:out|output|outputs|result|results|report|summary|prediction|predictions|answer|answers|solution|generated|converted|metrics|submission)(?:[-_.]|$)/i;

/** How many effects behind a call are looked at: what one looks at next is the result, not what comes much later. */
const REACH = 12;

/**
 * `./tool && cat result.txt`: a file that is looked at right behind a program that nobody can read, was not among its
 * arguments, and carries the name of a result, is most likely that program's work. Returns the effects with these
 * writes put in behind their calls.
 */
export function addResultsReadAfterwards(
  effects: readonly TracedEffect[],
  guesses: readonly GuessedCall[],
): readonly TracedEffect[] {
  if (guesses.length === 0) return effects;
  const additions = new Map<number, TracedEffect[]>();
  const taken = new Set<string>();
  for (const guess of guesses) {
    if (judgeScriptName(guess.what) === 'looks') continue;
    for (const path of findResults(effects, guess)) {
      if (taken.has(path)) continue;
      taken.add(path);
      const effect: Effect = { kind: 'write', path, change: { kind: 'unknown' }, certainty: 'likely' };
      const at = guess.before + 1;
      const list = additions.get(at) ?? [];
      list.push({ effect, place: guess.place, by: 'program', program: baseName(guess.what) });
      additions.set(at, list);
    }
  }
  if (additions.size === 0) return effects;
  return effects.flatMap((entry, i) => [...(additions.get(i) ?? []), entry]);
}

function findResults(effects: readonly TracedEffect[], guess: GuessedCall): string[] {
  const found: string[] = [];
  const given = new Set(guess.args.map((arg) => normalizePath(arg.value)));
  const known = new Set(
    effects.slice(Math.max(0, guess.before - 40), guess.before).flatMap(({ effect }) => pathsOf(effect)),
  );
  for (const entry of effects.slice(guess.before, guess.before + REACH)) {
    const { effect, place } = entry;
    if (effect.kind === 'write' || effect.kind === 'delete')
      for (const path of pathsOf(effect)) known.add(path);
    if (effect.kind !== 'read' && effect.kind !== 'search') continue;
    if (place.statement > guess.place.statement + 2 || !VIEWERS.has(entry.program)) continue;
    const paths = effect.kind === 'read' ? [effect.path] : effect.paths;
    for (const path of paths) {
      const place = normalizePath(path);
      if (given.has(place) || known.has(place) || /[*?$[]/.test(path)) continue;
      const name = baseName(path);
      if (MADE.test(name) || (/\.\w{1,5}$/.test(name) && RESULT.test(name) && !SOURCE.test(name)))
        found.push(path);
    }
  }
  return found;
}

const SOURCE = /\.(?:py|[mc]?[jt]sx?|c|h|cc|cpp|hpp|rs|go|java|rb|php|sh|pl|lua|md|rst|toml|cfg|ini)$/;

function pathsOf(effect: Effect): string[] {
  if (effect.kind === 'read' || effect.kind === 'write' || effect.kind === 'delete')
    return [normalizePath(effect.path)];
  if (effect.kind === 'move' || effect.kind === 'copy')
    return [normalizePath(effect.from), normalizePath(effect.to)];
  return effect.kind === 'search' ? effect.paths.map(normalizePath) : [];
}

import { exhaustive } from '../base/assert.ts';
import { baseName } from '../base/path.ts';
import type { Certainty, Effect } from '../model/effect.ts';
import { isChange } from '../model/is-change.ts';
import type { Step } from '../model/step.ts';
import { type FailureReports, findReports } from './failure-reports.ts';
import { hasLimit, isProven, showsCrash, unproven } from './prove-effect.ts';
import type { TracedEffect } from './shell/traced-effect.ts';
import type { ToolAnalysis } from './tools/tool-call.ts';
import { findWriteClaims } from './write-claims.ts';

/** Starts of a structured tool's answer that say that it did nothing. */
const REFUSED =
  /^\s*(?:OBSERVATION:\s*)?(?:<tool_use_error>|ERROR\b|Error\b|error:|No replacement was performed|String to replace not found|File has (?:not been read|been modified since|been unexpectedly modified)|File does not exist|File not found|File already exists|Warning: File .{1,400} already exists|No edit history|Your edit was not applied|Could not find the (?:exact )?text|Found \d+ (?:matches|occurrences) of|Ran into \[Errno |No changes (?:to make|were made|made)|Your proposed edit has introduced new syntax error|The path .{1,400} does not exist|Invalid `|Invalid path|Parameter `|Missing required|Usage: \w|InputValidationError|Permission (?:denied|to use)|The user doesn't want to (?:proceed|take)|\[Error\b|Text not found|old_str(?:ing)? not found|Failed to|apply_patch verification failed|Multiple (?:matches|occurrences))/;

/** Effects that stand although the step as a whole failed: keys were typed, an answer was asked for. */
const KEPT: ReadonlySet<Effect['kind']> = new Set(['keys', 'note', 'delegate', 'run', 'test', 'search']);

/** How a step ended, as far as it was recorded. */
type Ended = Pick<Step, 'action' | 'status' | 'exitCode' | 'observation' | 'rawOutput'>;

/** The effects of a step as its outcome shows them. What did not happen is left out, what is in doubt is `possible`. */
export function correctEffects(analysis: ToolAnalysis, step: Ended): readonly Effect[] {
  const { status } = step;
  if (status === 'rejected') return analysis.effects.filter((effect) => effect.kind === 'note');
  if (analysis.traced) return correctShell(analysis, analysis.traced, step);
  const text = step.observation ?? '';
  if (status === 'error' || REFUSED.test(text.slice(0, 600))) {
    // A search that found nothing was made all the same.
    return analysis.effects.filter((effect) => KEPT.has(effect.kind));
  }
  if (status === 'pending' || status === 'interrupted' || status === 'timeout')
    return analysis.effects.map((effect) => doubt(effect, 'possible'));
  // The call stands in the record, what became of it does not.
  if (status === 'unknown' && step.observation === undefined)
    return analysis.effects.map((effect) => doubt(effect, 'likely'));
  return analysis.effects;
}

function correctShell(
  analysis: ToolAnalysis,
  traced: readonly TracedEffect[],
  step: Ended,
): readonly Effect[] {
  const reports = findReports(step.rawOutput ?? step.observation ?? '');
  const failed = hasFailed(step);
  const cut =
    step.status === 'timeout' ||
    step.status === 'interrupted' ||
    step.exitCode === 124 ||
    step.exitCode === 137;
  const last = (analysis.statements ?? 1) - 1;
  const ending = lastChain(traced, last);
  const outcome = {
    succeeded: step.exitCode === 0 || (step.exitCode === undefined && step.status === 'ok'),
    cut,
    quiet: reports.empty && step.observation !== undefined,
    limited: hasLimit(step.action),
    crashed: showsCrash(step.rawOutput ?? step.observation ?? ''),
    last,
  };
  const kept: Effect[] = [];
  let gaveUp: number | undefined;
  for (const entry of traced) {
    const { effect, place } = entry;
    // Behind a command that failed, `&&` runs nothing of the list.
    if (gaveUp !== undefined && place.statement === last && place.chain > gaveUp && failed) continue;
    if (isDenied(entry, reports)) {
      if (failed && place.statement === last && gaveUp === undefined) gaveUp = place.chain;
      continue;
    }
    const proven = isProven(entry, outcome);
    if (step.status === 'pending') kept.push(doubt(effect, 'likely'));
    else if ((failed || cut) && place.statement === last) {
      const left = doubtLast(entry, ending, cut, reports.conflict);
      kept.push(proven ? left : unproven(left));
    } else kept.push(proven ? effect : unproven(effect));
  }
  if (!analysis.understood && step.status !== 'pending') addClaims(kept, step, failed || cut);
  // Effects of the tool itself (a job in the background) stand beside those of the text.
  for (const effect of analysis.effects.slice(traced.length))
    kept.push(failed ? doubt(effect, 'possible') : effect);
  return kept;
}

/** What a program that nobody can read says that it wrote. */
function addClaims(kept: Effect[], step: Ended, failed: boolean): void {
  if (!kept.some((effect) => effect.kind === 'run')) return;
  for (const path of findWriteClaims(step.rawOutput ?? step.observation ?? '')) {
    const known = kept.some(
      (effect) =>
        effect.kind === 'write' && (effect.path === path || baseName(effect.path) === baseName(path)),
    );
    if (!known)
      kept.push({
        kind: 'write',
        path,
        change: { kind: 'unknown' },
        certainty: failed ? 'possible' : 'likely',
      });
  }
}

function hasFailed(step: Ended): boolean {
  return step.exitCode !== undefined ? step.exitCode !== 0 : step.status === 'error';
}

/** The last position of the last statement's list that has an effect. */
function lastChain(traced: readonly TracedEffect[], statement: number): number {
  let last = 0;
  for (const { place } of traced) if (place.statement === statement) last = Math.max(last, place.chain);
  return last;
}

/** In a list that failed somewhere, the last part is the one in doubt; redirections were made before it ran. */
function doubtLast(entry: TracedEffect, ending: number, cut: boolean, conflict: boolean): Effect {
  const { effect, place, by } = entry;
  // A merge that ends in conflicts has changed files all the same.
  if (conflict && effect.kind === 'git') return effect;
  if (by === 'redirect') return place.chain === 0 ? effect : doubt(effect, 'likely');
  if (!isChange(effect)) return effect.kind === 'chdir' && place.chain > 0 ? doubt(effect, 'likely') : effect;
  if (place.chain < ending) return doubt(effect, 'likely');
  // What a program was busy with when it was cut off is half done.
  return doubt(effect, cut ? 'likely' : 'possible');
}

/** Whether the output says that this effect did not happen. */
function isDenied({ effect, by, program }: TracedEffect, reports: FailureReports): boolean {
  if (reports.empty) return false;
  if (by === 'program' && reports.missing.has(program)) return true;
  const names = pathsOf(effect);
  if (by === 'redirect') return names.some((path) => reports.shell.some((line) => mentions(line, path)));
  if (effect.kind === 'chdir')
    return reports.shell.some((line) => /\bcd: /.test(line) && mentions(line, effect.path));
  if (effect.kind === 'git') return effect.changes && reports.gitDone(effect.command);
  if (effect.kind === 'network' && program === 'git') return reports.gitDone('push');
  if (effect.kind === 'package') return reports.packagesDone(effect.action);
  const lines = reports.byProgram.get(program);
  if (!lines) return false;
  if (effect.kind === 'write' && effect.change.kind === 'patch') return true;
  return names.some((path) => lines.some((line) => mentions(line, path)));
}

const FAILS =
  /cannot|can't|No such|denied|not permitted|exists|Is a directory|Not a directory|missing|unable|failed|read-only/i;

/** Whether a complaint names the path as a word of its own. */
function mentions(line: string, path: string): boolean {
  if (path === '' || !FAILS.test(line)) return false;
  for (let at = line.indexOf(path); at >= 0; at = line.indexOf(path, at + 1)) {
    const before = line[at - 1] ?? ' ';
    const after = line[at + path.length] ?? ' ';
    if (!/[\w./-]/.test(before) && !/[\w/-]/.test(after)) return true;
  }
  return false;
}

function pathsOf(effect: Effect): string[] {
  switch (effect.kind) {
    case 'read':
    case 'write':
    case 'delete':
    case 'mkdir':
    case 'mode':
      return [effect.path];
    case 'move':
    case 'copy':
      return [effect.from];
    case 'search':
    case 'chdir':
    case 'env':
    case 'package':
    case 'git':
    case 'process':
    case 'service':
    case 'account':
    case 'network':
    case 'test':
    case 'run':
    case 'build':
    case 'keys':
    case 'submit':
    case 'note':
    case 'delegate':
    case 'remote':
      return [];
    default:
      return exhaustive(effect);
  }
}

const RANK: Readonly<Record<Certainty, number>> = { possible: 0, likely: 1, certain: 2 };

function doubt(effect: Effect, certainty: Certainty): Effect {
  return RANK[effect.certainty] <= RANK[certainty] ? effect : { ...effect, certainty };
}

import { baseName } from '../base/path.ts';
import type { Effect } from '../model/effect.ts';
import { STAGE_KINDS } from '../model/stage.ts';
import type { StepRecord } from '../model/state.ts';
import { isScratchPath } from '../state/scratch-path.ts';
import { groupOf, kindOfTarget, type StepGroup } from './step-group.ts';
import { scorePurpose } from './step-purpose.ts';
import { currentTodo, describedIn, lastSentence, wordsOf } from './step-words.ts';

/**
 * Named observations on one step: `step` and `words` speak for purposes, `change` for or against a new purpose that
 * begins here.
 */
export interface StageFeatures {
  readonly step: readonly (readonly [name: string, value: number])[];
  /** Words by where they stand: each is an observation of the name `say word`, which is not put together for each step. */
  readonly words: readonly (readonly [where: string, words: ReadonlySet<string>])[];
  readonly change: readonly string[];
}

/** Takes one observation. */
type Emit = (name: string, value?: number) => void;

/** What the steps around tell about the meaning of a step. */
interface Course {
  readonly main: readonly StepRecord[];
  readonly groups: readonly StepGroup[];
  /** Steps since the last and until the next change of a file of the task's own; infinite where there is none. */
  readonly sinceSource: Float64Array;
  readonly untilSource: Float64Array;
  /** Files that any step changes. */
  readonly changes: ReadonlyMap<string, { readonly first: number; readonly last: number }>;
  /** Index of the first step that changed a file of this name. */
  readonly byName: ReadonlyMap<string, number>;
}

/** Files that name what a project needs or how it is built. */
const MANIFEST =
  /^(?:requirements[\w.-]*\.txt|package(?:-lock)?\.json|pyproject\.toml|setup\.(?:py|cfg)|Makefile|CMakeLists\.txt|Dockerfile|Cargo\.toml|go\.mod|pom\.xml|build\.gradle|Gemfile|environment\.ya?ml)$/;

const SOURCE: ReadonlySet<StepGroup> = new Set(['write-new', 'write-source']);

/**
 * What can be observed on each step of the main agent, one after the other: nothing of it is kept, for a run may be
 * long. No word of a task, an agent or a model is looked for; which words count is learnt (`weights/stages.json`).
 */
export function* observeStages(main: readonly StepRecord[]): Generator<StageFeatures> {
  const course = readCourse(main);
  const changed = new Set<string>();
  let changedSource = false;
  let todo: Set<string> | undefined;
  let tested = false;
  for (const [index, record] of main.entries()) {
    const step: [string, number][] = [];
    const words: [string, ReadonlySet<string>][] = [];
    const change: string[] = [];
    const emit: Emit = (name, value = 1) => step.push([name, value]);
    const scores = scorePurpose(record, { changedSource, changed, left: main.length - index });
    for (const kind of STAGE_KINDS) {
      const score = scores[kind];
      if (score !== undefined && score > 0) emit(`purpose ${kind}`, score);
    }
    observeAction(record, course, index, emit);
    observePlace(course, index, emit);
    const said = currentTodo(record.step);
    if (said !== undefined) {
      todo = said === '' ? undefined : wordsOf(said);
      emit(said === '' ? 'todo begins' : said === 'ALL-DONE' ? 'todo ends' : 'todo');
    }
    if (todo) words.push(['todo', todo]);
    if (tested) emit('tested before');
    if (!changedSource) emit('source untouched');
    const thought = record.step.thought ?? '';
    words.push(
      ['say', wordsOf(thought)],
      ['describe', wordsOf(describedIn(record.step))],
      ['aim', wordsOf(lastSentence(thought))],
      ['react', wordsOf((main[index + 1]?.step.thought ?? '').slice(0, 120))],
    );
    observeChange(course, index, change);
    tested ||= record.tests !== undefined || course.groups[index] === 'test';
    for (const path of record.changed) changed.add(path);
    changedSource ||= SOURCE.has(course.groups[index] ?? 'other');
    yield { step, words, change };
  }
}

/** All observations that speak for purposes, by their whole names. */
export function listObservations({ step, words }: StageFeatures): (readonly [name: string, value: number])[] {
  return [
    ...step,
    ...words.flatMap(([where, list]) => Array.from(list, (word) => [`${where} ${word}`, 1] as const)),
  ];
}

function readCourse(main: readonly StepRecord[]): Course {
  const changes = new Map<string, { first: number; last: number }>();
  for (const [index, record] of main.entries()) {
    for (const path of record.changed) {
      const known = changes.get(path);
      if (known) known.last = index;
      else changes.set(path, { first: index, last: index });
    }
  }
  const byName = new Map<string, number>();
  for (const [path, { first }] of changes) {
    const name = baseName(path);
    byName.set(name, Math.min(first, byName.get(name) ?? first));
  }
  const seen = new Set<string>();
  const groups = main.map((record) => {
    const group = groupOf(record, seen);
    for (const path of record.read) seen.add(path);
    for (const path of record.changed) seen.add(path);
    return group;
  });
  const sinceSource = new Float64Array(main.length);
  const untilSource = new Float64Array(main.length);
  for (let i = 0, last = -Infinity; i < main.length; i++) {
    sinceSource[i] = i - last;
    if (SOURCE.has(groups[i] ?? 'other')) last = i;
  }
  for (let i = main.length - 1, next = Infinity; i >= 0; i--) {
    untilSource[i] = next - i;
    if (SOURCE.has(groups[i] ?? 'other')) next = i;
  }
  return { main, groups, sinceSource, untilSource, changes, byName };
}

function observeAction(record: StepRecord, course: Course, index: number, emit: Emit): void {
  const { effects } = record.effects.requested;
  emit(`group ${course.groups[index]}`);
  emit(`tool ${record.step.tool.toLowerCase()}`);
  const kinds = new Set<string>();
  for (const effect of effects) {
    kinds.add(effect.kind);
    const detail = detailOf(effect);
    if (detail !== undefined) kinds.add(detail);
  }
  for (const kind of kinds) emit(`effect ${kind}`);
  for (const program of new Set(record.effects.programs)) emit(`program ${program}`);
  for (const path of record.changed.slice(0, 20)) {
    const life = course.changes.get(path);
    emit(`target ${kindOfTarget(path, life?.first === index)}`);
    if (life && life.last > index) emit('changed again later');
  }
  let own = false;
  let later = false;
  for (const path of record.read.slice(0, 50)) {
    const life = course.changes.get(path);
    if (life && life.first < index) own = true;
    if (life && life.last > index) later = true;
  }
  for (const effect of effects) {
    if (effect.kind !== 'run' || effect.script === undefined) continue;
    const script = baseName(effect.script);
    const life = course.byName.get(script);
    emit(life === undefined ? 'runs given script' : life < index ? 'runs own script' : 'runs given script');
    if (isScratchPath(effect.script, true)) emit('runs scratch');
    break;
  }
  for (const path of [...record.changed, ...record.read].slice(0, 10)) {
    if (MANIFEST.test(baseName(path))) {
      emit('manifest');
      break;
    }
  }
  if (own) emit('reads own');
  if (later) emit('reads what changes later');
  if (record.read.length > 0 && !own && !later) emit('reads other');
  if (record.failed) emit('failed');
  if (record.errors.length > 0) emit('errors');
  for (const result of record.tests?.results ?? []) {
    if (result.status === 'passed') emit('passes');
    else if (result.status === 'failed' || result.status === 'error') emit('fails');
    else continue;
    break;
  }
}

function detailOf(effect: Effect): string | undefined {
  if (effect.kind === 'git') return `git ${effect.command}`;
  if (effect.kind === 'process') return `process ${effect.action}`;
  if (effect.kind === 'run') return effect.script === undefined ? 'run program' : 'run script';
  if (effect.kind !== 'network') return undefined;
  const isLocal = effect.target !== undefined && /localhost|127\.0\.0\.1|0\.0\.0\.0/.test(effect.target);
  return isLocal ? 'network local' : `network ${effect.direction}`;
}

/** A distance in steps as one of a few words. */
function bucket(distance: number): string {
  if (distance === Infinity) return 'never';
  if (distance <= 2) return String(distance);
  if (distance <= 4) return '4';
  if (distance <= 8) return '8';
  return distance <= 16 ? '16' : 'far';
}

function observePlace(course: Course, index: number, emit: Emit): void {
  const { main, groups, sinceSource, untilSource } = course;
  emit('any');
  emit(`since ${bucket(sinceSource[index] ?? Infinity)}`);
  emit(`until ${bucket(untilSource[index] ?? Infinity)}`);
  emit(`begin ${bucket(index)}`);
  emit(`left ${bucket(main.length - 1 - index)}`);
  emit(`fifth ${Math.floor((5 * index) / main.length)}`);
  emit(`before ${groups[index - 1] ?? 'none'}`);
  emit(`after ${groups[index + 1] ?? 'none'}`);
  emit(`before2 ${groups[index - 2] ?? 'none'}`);
  emit(`after2 ${groups[index + 2] ?? 'none'}`);
  emit(`pair ${groups[index - 1] ?? 'none'} ${groups[index]}`);
  const phase =
    sinceSource[index] === Infinity ? 'first' : untilSource[index] === Infinity ? 'last' : 'middle';
  emit(`phase ${phase}`);
  emit(`phase ${phase} ${groups[index]}`);
  emit(`phase ${phase} before ${groups[index - 1] ?? 'none'}`);
  emit(`phase ${phase} after ${groups[index + 1] ?? 'none'}`);
  const before = main[index - 1];
  if (before?.failed) emit('failed before');
  if (before?.step.observation !== undefined && before.failed) {
    const end = before.step.observation.slice(-600);
    if (/No module named|ModuleNotFound|Cannot find module|command not found|not installed/.test(end)) {
      emit('missing before');
      emit(`missing before ${groups[index]}`);
    }
  }
}

function observeChange({ main, groups }: Course, index: number, change: string[]): void {
  const record = main[index];
  const before = main[index - 1];
  if (!record || !before) return;
  change.push('any');
  if (record.step.turn === before.step.turn) change.push('same turn');
  if (groups[index] === groups[index - 1]) change.push('same group');
  const own = new Set([...before.changed, ...before.read]);
  if ([...record.changed, ...record.read].some((path) => own.has(path))) change.push('same path');
  const thought = record.step.thought ?? '';
  if (thought.length < 15) change.push('says nothing');
  else if (thought.length > 300) change.push('says much');
  if (before.failed) change.push('failed before');
  if (groups[index] === 'note') change.push('note');
  if (groups[index - 1] === 'note') change.push('behind note');
}

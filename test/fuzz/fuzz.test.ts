import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/app/analyze.ts';
import type { DiagnosticCode } from '../../src/model/diagnostic.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { BYTE_MUTATIONS } from './mutate-bytes.ts';
import { MAY_BE_SOUND, mutateValue, VALUE_MUTATIONS } from './mutate-json.ts';
import { Random } from './random.ts';
import { type ReadFiles, readFiles } from './read-files.ts';
import { listSubjects, type Subject } from './subjects.ts';

/** Damage of each kind per subject; more for a longer search. */
const ROUNDS = Number(process.env.CODETRACER_FUZZ_ROUNDS ?? 2);
/** A subject that takes longer hangs: the slowest takes a few seconds on a busy machine. */
const HANGS_AFTER = 30_000 * ROUNDS;

interface Case {
  readonly what: string;
  readonly files: Readonly<Record<string, Buffer>>;
  /** Whether the artifact still shows that something is missing: a terminal's text without a piece is just shorter. */
  readonly shows: boolean;
}

/** One file of a subject damaged in each way. */
function* damage(subject: Subject, random: Random): Generator<Case> {
  const names = Object.keys(subject.files);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [kind, mutate] of Object.entries(BYTE_MUTATIONS)) {
      const name = random.pick(names) ?? '';
      const bytes = subject.files[name] ?? Buffer.alloc(0);
      if (bytes.length === 0) continue;
      const damaged = mutate(bytes, random);
      const shows = isJson(bytes.toString('utf8')) && !isJson(damaged.toString('utf8'));
      yield { what: `${name}: ${kind}`, files: { ...subject.files, [name]: damaged }, shows };
    }
    for (const [kind, mutate] of Object.entries(VALUE_MUTATIONS)) {
      const name = random.pick(names) ?? '';
      const text = mutateValue(subject.files[name]?.toString('utf8') ?? '', mutate, random);
      if (text === undefined) continue;
      const shows = !MAY_BE_SOUND.has(kind);
      yield { what: `${name}: ${kind}`, files: { ...subject.files, [name]: Buffer.from(text) }, shows };
    }
  }
}

/** One JSON document, or JSON on every line. */
function isJson(text: string): boolean {
  const parses = (part: string): boolean => {
    try {
      JSON.parse(part);
      return true;
    } catch {
      return false;
    }
  };
  return parses(text) || text.trim().split('\n').every(parses);
}

function countSteps(runs: readonly Run[]): number {
  let count = 0;
  for (const { steps, branches } of runs) {
    count += steps.length;
    for (const branch of branches) count += branch.steps.length;
  }
  return count;
}

function countReports({ runs, left }: ReadFiles): Map<DiagnosticCode | 'left', number> {
  const counts = new Map<DiagnosticCode | 'left', number>([['left', left]]);
  for (const { diagnostics } of runs) {
    for (const { code, count } of diagnostics) counts.set(code, (counts.get(code) ?? 0) + (count ?? 1));
  }
  return counts;
}

/** Whether anything is reported now that was not before. */
function reportsMore(sound: ReadFiles, damaged: ReadFiles): boolean {
  const before = countReports(sound);
  return [...countReports(damaged)].some(([code, count]) => count > (before.get(code) ?? 0));
}

/** Where the damage begins, so that the case can be understood without running it again. */
function describeLoss(what: string, before: Case['files'], after: Case['files']): string {
  for (const [name, bytes] of Object.entries(after)) {
    if (before[name] === bytes) continue;
    const damaged = bytes.toString('utf8');
    const sound = compact(before[name]?.toString('utf8') ?? '', damaged);
    let at = 0;
    while (sound[at] === damaged[at]) at++;
    const from = Math.max(0, at - 60);
    return `${what}: ${JSON.stringify(sound.slice(from, at + 60))} -> ${JSON.stringify(damaged.slice(from, at + 60))}`;
  }
  return what;
}

/** Changed values are written without spaces: the sound text likewise, so that both differ at the change alone. */
function compact(sound: string, damaged: string): string {
  try {
    return damaged.includes(': ') && !damaged.startsWith('{"') ? sound : JSON.stringify(JSON.parse(sound));
  } catch {
    return sound;
  }
}

const subjects = listSubjects();

describe.each(subjects.map((subject, index) => ({ ...subject, index })))('damaged $name', (subject) => {
  it(
    'is read without a throw, stays sound, and every lost step is reported',
    async () => {
      const random = new Random(subject.index + 1);
      const sound = await readFiles(subject.files);
      const silent: string[] = [];
      for (const { what, files, shows } of damage(subject, random)) {
        const damaged = await readFiles(files).catch((error: unknown) => {
          throw new Error(`reading threw for ${what}`, { cause: error });
        });
        for (const run of damaged.runs) expect(checkIntegrity(run), what).toEqual([]);
        const lost = countSteps(damaged.runs) < countSteps(sound.runs);
        if (lost && shows && !reportsMore(sound, damaged))
          silent.push(describeLoss(what, subject.files, files));
        const run = damaged.runs[0];
        if (run && run.steps.length < 60 && random.below(4) === 0) {
          const { diagnosis } = analyze(run);
          expect(Number.isFinite(diagnosis.verdict.value), what).toBe(true);
        }
      }
      expect(silent).toEqual([]);
    },
    HANGS_AFTER,
  );
});

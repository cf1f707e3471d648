import { analyze } from '../../src/app/analyze.ts';
import type { DiagnosticCode } from '../../src/model/diagnostic.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { type ReadFiles, readFiles } from '../support/read-files.ts';
import { BYTE_MUTATIONS } from './mutate-bytes.ts';
import { MAY_BE_SOUND, mutateValue, VALUE_MUTATIONS } from './mutate-json.ts';
import { Random } from './random.ts';
import type { Subject } from './subjects.ts';

export interface Case {
  /** The damage, for people. */
  readonly what: string;
  readonly files: Readonly<Record<string, Buffer>>;
  /** Whether the artifact still shows that something is missing: a terminal's text without a piece is just shorter. */
  readonly shows: boolean;
}

/** Damages a subject in each way, some times over; says what went wrong, one line per case. */
export async function fuzzSubject(subject: Subject, seed: number, rounds: number): Promise<string[]> {
  const random = new Random(seed);
  const sound = await readFiles(subject.files);
  const faults: string[] = [];
  for (const { what, files, shows } of damage(subject, random, rounds)) {
    try {
      const damaged = await readFiles(files);
      for (const run of damaged.runs)
        for (const fault of checkIntegrity(run)) faults.push(`${what}: integrity: ${fault}`);
      const lost = countSteps(sound.runs) - countSteps(damaged.runs);
      if (lost > 0 && shows && !reportsMore(sound, damaged))
        faults.push(`${what}: ${lost} steps lost, nothing reported`);
      const run = damaged.runs[0];
      if (run && run.steps.length < 60 && random.below(4) === 0) {
        const { diagnosis } = analyze(run);
        if (!Number.isFinite(diagnosis.verdict.value)) faults.push(`${what}: verdict without a value`);
      }
    } catch (error) {
      faults.push(`${what}: threw ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  return faults;
}

/** One file of a subject damaged in each way. */
export function* damage(subject: Subject, random: Random, rounds: number): Generator<Case> {
  const names = Object.keys(subject.files);
  for (let round = 0; round < rounds; round++) {
    for (const [kind, mutate] of Object.entries(BYTE_MUTATIONS)) {
      const name = random.pick(names) ?? '';
      const bytes = subject.files[name] ?? Buffer.alloc(0);
      if (bytes.length === 0) continue;
      const damaged = mutate(bytes, random);
      const shows = isJson(bytes.toString('utf8')) && !isJson(damaged.toString('utf8'));
      const what = `${name}: ${kind} ${quoteDamage(bytes, damaged)}`;
      yield { what, files: { ...subject.files, [name]: damaged }, shows };
    }
    for (const [kind, mutate] of Object.entries(VALUE_MUTATIONS)) {
      const name = random.pick(names) ?? '';
      const mutated = mutateValue(subject.files[name]?.toString('utf8') ?? '', mutate, random);
      if (mutated === undefined) continue;
      const shows = !MAY_BE_SOUND.has(kind);
      const what = `${name}: ${kind} at ${mutated.at}`;
      yield { what, files: { ...subject.files, [name]: Buffer.from(mutated.text) }, shows };
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
function quoteDamage(sound: Buffer, damaged: Buffer): string {
  let at = 0;
  while (at < damaged.length && sound[at] === damaged[at]) at++;
  const quote = (bytes: Buffer) =>
    JSON.stringify(bytes.subarray(Math.max(0, at - 40), at + 40).toString('utf8'));
  return `${quote(sound)} -> ${quote(damaged)}`;
}

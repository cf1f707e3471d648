import { type Format, QUESTIONS, type Question } from '../../formats/format.ts';
import type { ArtifactReader } from '../../formats/port.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { Run } from '../../model/run.ts';
import { answersOfRun } from './answers-of-run.ts';
import type { Conformance } from './conformance.ts';
import { findDrift } from './find-drift.ts';
import { indexRun } from './index-run.ts';
import { measureArtifacts } from './measure-artifacts.ts';
import { RunFacts } from './run-facts.ts';
import { TextIndex } from './text-index.ts';

/** What was read of an artifact. */
export interface ReadFiles {
  /** By the format. */
  readonly artifacts: readonly string[];
  /** In the run's folder, by nobody. */
  readonly unread: readonly string[];
}

/**
 * Measures how much of an artifact stands in the runs that a format made of it, independently of that format: give it
 * every run of the artifact, one after the other, then ask. It keeps hashes, not the runs.
 */
export class ConformanceMeter {
  private readonly format: Format;
  private readonly index = new TextIndex();
  private readonly facts = new RunFacts();
  private readonly answered = new Map<Question, number>();
  private readonly log = new DiagnosticLog();
  private runs = 0;

  constructor(format: Format) {
    this.format = format;
  }

  add(run: Run): void {
    this.runs++;
    indexRun(run, this.index);
    this.facts.add(run);
    for (const question of answersOfRun(run)) {
      this.answered.set(question, (this.answered.get(question) ?? 0) + 1);
    }
    for (const { code, severity, message, place, count } of run.diagnostics) {
      this.log.fold(code, severity, message, place, count ?? 1);
    }
  }

  async measure(reader: ArtifactReader, { artifacts, unread }: ReadFiles): Promise<Conformance> {
    const { format, index } = this;
    const isPartial = this.log.list().some(({ code }) => code === 'model-limit');
    const input = { reader, artifacts, format, index, isPartial };
    const { lacking, reasoning, ...measured } = await measureArtifacts(input);
    const { thoughtful, ...facts } = this.facts.result();
    const diagnostics: readonly Diagnostic[] = this.log.list();
    return {
      runs: this.runs,
      ...facts,
      ...measured,
      unread,
      thoughts: { steps: thoughtful, bytes: reasoning.bytes, kept: reasoning.kept },
      answers: QUESTIONS.map((question) => ({
        question,
        format: format.answers[question],
        runs: this.answered.get(question) ?? 0,
      })),
      drift: findDrift({ ...measured, steps: facts.steps }, lacking, diagnostics),
    };
  }
}

import { STAGE_KINDS } from '../../src/model/stage.ts';

/** First steps of all stages but the first; neighbours of the same kind are one stage. */
function boundaries(kinds: readonly number[]): number[] {
  return kinds.flatMap((kind, index) => (index > 0 && kind !== kinds[index - 1] ? [index] : []));
}

/** Counts steps with the right kind, and boundaries that lie within one step of a labelled one, each used once. */
export class StageTally {
  private right = 0;
  private steps = 0;
  private found = 0;
  private predicted = 0;
  private labelled = 0;
  readonly confusion = STAGE_KINDS.map(() => STAGE_KINDS.map(() => 0));

  add(predicted: readonly number[], truth: readonly number[]): void {
    this.steps += truth.length;
    for (const [index, kind] of truth.entries()) {
      const own = predicted[index] ?? -1;
      if (own === kind) this.right++;
      const row = this.confusion[kind];
      if (row && own >= 0) row[own] = (row[own] ?? 0) + 1;
    }
    const [mine, theirs] = [boundaries(predicted), boundaries(truth)];
    const free = new Set(theirs);
    for (const boundary of mine) {
      const near = [boundary, boundary - 1, boundary + 1].find((candidate) => free.has(candidate));
      if (near === undefined) continue;
      free.delete(near);
      this.found++;
    }
    this.predicted += mine.length;
    this.labelled += theirs.length;
  }

  get kind(): number {
    return this.right / Math.max(1, this.steps);
  }

  get precision(): number {
    return this.found / Math.max(1, this.predicted);
  }

  get recall(): number {
    return this.found / Math.max(1, this.labelled);
  }

  get f1(): number {
    return (2 * this.precision * this.recall) / Math.max(1e-9, this.precision + this.recall);
  }

  row(name: string): string[] {
    return [name, ...[this.kind, this.f1, this.precision, this.recall].map((value) => value.toFixed(3))];
  }
}

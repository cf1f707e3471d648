import { CodetracerError } from '../../base/error.ts';
import type { CaseLabels } from '../../bench/bench-case.ts';
import { digestFile } from '../../io/digest-file.ts';
import { reasonOf } from '../../io/disk-source.ts';
import type { CaseSource, DataFile, Dataset, Refusal } from './dataset.ts';
import { type LabelRow, loadRows } from './load-rows.ts';

/** Gathers cases from several label files; what can't be used is listed. */
export class DatasetBuilder {
  private readonly cases: CaseSource[] = [];
  private readonly labels = new Map<string, CaseLabels>();
  private readonly files: DataFile[] = [];
  private readonly refusals: Refusal[] = [];

  /** The rows of a label file that are JSON, with the file's digest taken; the others are refused. */
  async *rows(path: string, name: string): AsyncGenerator<LabelRow> {
    try {
      this.files.push({ path: name, ...(await digestFile(path)) });
    } catch (error) {
      throw new CodetracerError('unreadable', `${path}: ${reasonOf(error)}`, { cause: error });
    }
    for await (const row of loadRows(path, name)) {
      if (row.flaw === undefined) yield row;
      else this.refuse({ place: row.place, reason: row.flaw });
    }
  }

  add(place: string, labels: CaseLabels, source: CaseSource): void {
    if (this.labels.has(labels.id)) {
      this.refuse({ place, id: labels.id, reason: `${source.name} was read before: the first row counts` });
      return;
    }
    this.labels.set(labels.id, labels);
    this.cases.push(source);
  }

  refuse(refusal: Refusal): void {
    this.refusals.push(refusal);
  }

  build(): Dataset {
    return { cases: this.cases, labels: this.labels, files: this.files, refusals: this.refusals };
  }
}

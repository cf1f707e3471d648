/** Named counts by a key such as a format or a family of deeds. */
export class Tally {
  private readonly rows = new Map<string, Map<string, number>>();

  count(row: string, column: string, by = 1): void {
    const counts = this.rows.get(row) ?? new Map<string, number>();
    counts.set(column, (counts.get(column) ?? 0) + by);
    this.rows.set(row, counts);
  }

  get(row: string, column: string): number {
    return this.rows.get(row)?.get(column) ?? 0;
  }

  /** Over all rows. */
  sum(column: string): number {
    let total = 0;
    for (const row of this.rows.keys()) total += this.get(row, column);
    return total;
  }

  get names(): string[] {
    return [...this.rows.keys()];
  }

  /** Every column that any row has, sorted. */
  get columns(): string[] {
    return [...new Set([...this.rows.values()].flatMap((row) => [...row.keys()]))].sort();
  }
}

/** Something that the reconstruction holds for known and that was otherwise. */
export interface Wrong {
  readonly what: 'content' | 'existence' | 'directory' | 'backtrack' | 'git';
  readonly recording: string;
  readonly format: string;
  readonly family: string;
  /** Index in the recording, from 0. */
  readonly step: number;
  readonly action: string;
  readonly path: string;
  readonly claimed: string;
  readonly truth: string;
}

/** Every count that a reconstruction is judged by; each tally has rows by format, `families` by family of deeds. */
export interface Score {
  /** States of files, one per step and file: `right`, `wrong`, `assumed right`, `assumed wrong`, `unknown`, `unnoted`. */
  readonly states: Tally;
  /** Changes on disk, one per step and file: `right`, `wrong`, `assumed`, `unknown`, `doubted`, `unnoted`, `missed`; and `invented`. */
  readonly changes: Tally;
  readonly families: Tally;
  /** Directory, environment, git, tests: `<field> right`, `<field> wrong` and so on. */
  readonly rest: Tally;
  readonly tree: Tally;
  readonly wrongs: Wrong[];
  /** Changes that were missed, in the same shape. */
  readonly missed: Wrong[];
}

export function emptyScore(): Score {
  return {
    states: new Tally(),
    changes: new Tally(),
    families: new Tally(),
    rest: new Tally(),
    tree: new Tally(),
    wrongs: [],
    missed: [],
  };
}

/** The start and, where two texts part, the place of it: enough to see what is wrong. */
export function excerpt(text: string | undefined, other: string | undefined): string {
  if (text === undefined) return '(absent)';
  let at = 0;
  if (other !== undefined) while (at < text.length && text[at] === other[at]) at++;
  const from = Math.max(0, at - 20);
  return `${text.length} characters, from ${from}: ${JSON.stringify(text.slice(from, from + 80))}`;
}

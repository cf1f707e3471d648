import type { TestReport, TestResult, TestStatus } from '../model/test-result.ts';

export interface Counts {
  passed?: number;
  failed?: number;
  errors?: number;
  skipped?: number;
}

/** Collects results while an output is read. A test that is named again takes its later status; a message stays. */
export class ReportDraft {
  readonly runner: string;
  readonly counts: Counts = {};
  summary: string | undefined;
  private readonly results = new Map<string, TestResult>();

  constructor(runner: string) {
    this.runner = runner;
  }

  set(test: string, status: TestStatus, message?: string): void {
    const kept = message ?? this.results.get(test)?.message;
    this.results.set(test, kept === undefined ? { test, status } : { test, status, message: kept });
  }

  has(test: string): boolean {
    return this.results.has(test);
  }

  /** Gives a fuller message to tests that failed, where there is one. */
  enrich(messageOf: (test: string) => string | undefined): void {
    for (const result of this.results.values()) {
      if (result.status !== 'failed' && result.status !== 'error') continue;
      const message = messageOf(result.test);
      if (message !== undefined) this.results.set(result.test, { ...result, message });
    }
  }

  /** Forgets the counts so far: a later summary speaks for the whole. */
  recount(counts: Counts): void {
    for (const key of ['passed', 'failed', 'errors', 'skipped'] as const) delete this.counts[key];
    this.add(counts);
  }

  add(counts: Counts): void {
    for (const key of ['passed', 'failed', 'errors', 'skipped'] as const) {
      const more = counts[key];
      if (more !== undefined) this.counts[key] = (this.counts[key] ?? 0) + more;
    }
  }

  /** Whether anything was found that makes this a report. */
  get found(): boolean {
    return this.results.size > 0 || this.summary !== undefined || Object.keys(this.counts).length > 0;
  }

  build(): TestReport | undefined {
    if (!this.found) return undefined;
    return {
      runner: this.runner,
      results: [...this.results.values()],
      ...this.counts,
      ...(this.summary !== undefined && { summary: this.summary }),
    };
  }
}

/** `3 failed, 2 passed` and the like as numbers by word. */
export function readCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, number, word] of text.matchAll(/(\d+) ([a-zA-Z]+)/g)) {
    if (number !== undefined && word !== undefined) counts.set(word.toLowerCase(), Number(number));
  }
  return counts;
}

/** The sum of those of the words that were counted; undefined when none was. */
export function sumCounts(
  counts: ReadonlyMap<string, number>,
  ...words: readonly string[]
): number | undefined {
  const found = words.flatMap((word) => counts.get(word) ?? []);
  return found.length === 0 ? undefined : found.reduce((sum, count) => sum + count, 0);
}

/** Counts without those that are not known. */
export function knownCounts(counts: { readonly [K in keyof Counts]: Counts[K] | undefined }): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined));
}

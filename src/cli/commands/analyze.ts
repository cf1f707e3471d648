import { type AnalyzeManyOptions, analyzeMany } from '../../app/analyze-many.ts';
import type { ReadItem } from '../../app/read-runs.ts';
import { CodetracerError } from '../../base/error.ts';
import { VERDICTS, type VerdictKind } from '../../model/diagnosis.ts';
import type { AnalyzeDocument, RunReport } from '../../query/schemas.ts';
import { rememberLast } from '../../store/run-store.ts';
import { EXIT } from '../exit-codes.ts';
import { printAnalysis } from '../output/print-analysis.ts';
import { describeTried } from '../output/print-error.ts';
import { Progress } from '../output/progress.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeOut } from '../output/write-out.ts';
import { chooseRegistry } from './run-options.ts';

export interface AnalyzeCommandOptions {
  readonly json?: boolean;
  readonly out?: string;
  /** False with `--no-files`. */
  readonly files?: boolean;
  /** True with `--html`, false with `--no-html`. */
  readonly html?: boolean;
  readonly format?: string;
  /** Folder of the registry; false with `--no-extractors`. */
  readonly extractors?: string | false;
  /** False with `--no-outcome`. */
  readonly outcome?: boolean;
  readonly failOn?: string;
  readonly requireVerdict?: boolean;
  /** As written. */
  readonly workers?: string;
}

type Failure = AnalyzeDocument['failed'][number];

/** What the exit code depends on. */
interface Tally {
  runs: number;
  skipped: number;
  readonly failed: Failure[];
  worst: number;
  undecided: boolean;
  interrupted: boolean;
}

/** How bad each verdict is, for `--fail-on`. */
const SEVERITY: Record<VerdictKind, number> = {
  'no-decisive-failure': 0,
  undecided: 1,
  'infrastructure-failure': 2,
  'decisive-failure': 3,
};

export async function analyzeCommand(
  paths: readonly string[],
  options: AnalyzeCommandOptions,
): Promise<number> {
  const failOn = options.failOn === undefined ? undefined : parseVerdict(options.failOn);
  const tally: Tally = { runs: 0, skipped: 0, failed: [], worst: 0, undecided: false, interrupted: false };
  const interrupt = (): void => void (tally.interrupted = true);
  process.once('SIGINT', interrupt);
  const progress = new Progress();
  const printer = options.json ? new JsonPrinter() : new TextPrinter();
  let bestTried: Failure['tried'];
  try {
    for await (const item of analyzeMany(paths, manyOptions(options, progress))) {
      if (item.kind === 'skipped') {
        tally.skipped++;
        if ((item.tried[0]?.score ?? 0) > (bestTried?.[0]?.score ?? -1))
          bestTried = describeCandidates(item.tried);
      } else if (item.kind === 'failed') {
        const { path, code, message, tried } = item;
        tally.failed.push({
          path,
          code,
          message,
          ...(tried && tried.length > 0 && { tried: describeCandidates(tried) }),
        });
      } else {
        const { report, store, note } = item;
        tally.runs++;
        tally.worst = Math.max(tally.worst, SEVERITY[report.verdict.kind]);
        tally.undecided ||= report.verdict.kind === 'undecided';
        if (note !== undefined) process.stderr.write(`${note}\n`);
        if (store !== undefined) await rememberLast({ folder: store }, report.id);
        progress.advance(report.steps);
        await printer.run(report);
      }
      if (tally.interrupted) break;
    }
  } finally {
    progress.finish();
    process.off('SIGINT', interrupt);
  }
  if (tally.runs === 0 && tally.failed.length === 0 && !tally.interrupted) {
    const message = `no run was found under ${paths.join(', ')} (${tally.skipped} files looked at)`;
    tally.failed.push({
      path: paths[0] ?? '',
      code: 'unknown-format',
      message,
      ...(bestTried && { tried: bestTried }),
    });
  }
  await printer.end(tally);
  return exitCode(tally, failOn, options.requireVerdict ?? false);
}

function manyOptions(options: AnalyzeCommandOptions, progress: Progress): AnalyzeManyOptions {
  const { format, out, files, html, workers } = options;
  return {
    ...(format !== undefined && { format }),
    ...chooseRegistry(options.extractors),
    ...(out !== undefined && { out }),
    ...(files !== undefined && { files }),
    ...(html !== undefined && { html }),
    ...(workers !== undefined && { workers: parseWorkers(workers) }),
    withholdOutcome: options.outcome === false,
    onProgress: (state) => progress.update(state),
  };
}

const MAX_WORKERS = 256;

function parseWorkers(text: string): number {
  const workers = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (workers >= 1 && workers <= MAX_WORKERS) return workers;
  throw new CodetracerError('usage', `--workers ${text}: no number from 1 to ${MAX_WORKERS}`);
}

function describeCandidates(
  tried: Extract<ReadItem, { kind: 'skipped' }>['tried'],
): NonNullable<Failure['tried']> {
  return tried.map(({ format, score, reason }) => ({ format, score, reason }));
}

function parseVerdict(text: string): VerdictKind {
  const verdict = VERDICTS.find((kind) => kind === text);
  if (verdict) return verdict;
  throw new CodetracerError('usage', `--fail-on ${text}: no such verdict`, {
    hint: `verdicts: ${VERDICTS.join(', ')}`,
  });
}

function exitCode(tally: Tally, failOn: VerdictKind | undefined, requireVerdict: boolean): number {
  if (tally.interrupted) return EXIT.interrupted;
  if (tally.runs === 0) {
    return tally.failed.some(({ code }) => code === 'unreadable') ? EXIT.unreadable : EXIT.unknownFormat;
  }
  if (tally.failed.length > 0) return EXIT.someFailed;
  if (failOn !== undefined && tally.worst >= SEVERITY[failOn]) return EXIT.findings;
  return requireVerdict && tally.undecided ? EXIT.undecided : EXIT.done;
}

interface Printer {
  run(report: RunReport): Promise<void>;
  end(tally: Tally): Promise<void>;
}

/** One document on stdout, written as the runs are done. */
class JsonPrinter implements Printer {
  private separator = '{"schema":"codetracer.analyze/1","runs":[\n';

  async run(report: RunReport): Promise<void> {
    await writeOut(this.separator + JSON.stringify(report));
    this.separator = ',\n';
  }

  async end({ skipped, failed }: Tally): Promise<void> {
    const open = this.separator === ',\n' ? '' : this.separator;
    await writeOut(`${open}],"skipped":${skipped},"failed":${JSON.stringify(failed)}}\n`);
    reportFailures(failed);
  }
}

class TextPrinter implements Printer {
  private count = 0;

  async run(report: RunReport): Promise<void> {
    await writeOut(`${this.count++ === 0 ? '' : '\n'}${printAnalysis(report)}`);
  }

  async end({ runs, skipped, failed }: Tally): Promise<void> {
    if (runs > 1 || failed.length > 0)
      process.stderr.write(`${runs} runs, ${failed.length} failed, ${skipped} other files\n`);
    reportFailures(failed);
  }
}

function reportFailures(failed: readonly Failure[]): void {
  for (const { message, code, tried } of failed) {
    process.stderr.write(`${code}: ${terminalText(message)}\n${tried ? describeTried(tried) : ''}`);
  }
}

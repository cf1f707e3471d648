import { type ConformItem, conformRuns } from '../../app/conform.ts';
import { FormatTotals, reportArtifact } from '../../app/report-conformance.ts';
import { CodetracerError } from '../../base/error.ts';
import type { ConformDocument } from '../../query/conformance-schemas.ts';
import { EXIT } from '../exit-codes.ts';
import { printArtifact, printDrift, printFormats } from '../output/print-conformance.ts';
import { describeTried } from '../output/print-error.ts';
import { Progress } from '../output/progress.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeOut } from '../output/write-out.ts';
import { chooseRegistry } from './run-options.ts';

export interface ConformCommandOptions {
  readonly json?: boolean;
  readonly format?: string;
  /** Folder of the registry; false with `--no-extractors`. */
  readonly extractors?: string | false;
  readonly failOn?: string;
}

type ArtifactItem = Extract<ConformItem, { kind: 'artifact' }>;
type DriftRow = ConformDocument['drift'][number];
type Failure = ConformDocument['failed'][number];

/** How much of each artifact stands in the runs that were read from it; drift comes first. */
export async function conformCommand(
  paths: readonly string[],
  options: ConformCommandOptions,
): Promise<number> {
  if (options.failOn !== undefined && options.failOn !== 'drift') {
    throw new CodetracerError('usage', `--fail-on ${options.failOn}: there is only drift`);
  }
  const printer = options.json ? new JsonPrinter() : new TextPrinter();
  const progress = new Progress();
  const failed: Failure[] = [];
  let artifacts = 0;
  let skipped = 0;
  let drifting = 0;
  try {
    for await (const item of conformRuns(paths, {
      ...(options.format !== undefined && { format: options.format }),
      ...chooseRegistry(options.extractors),
    })) {
      if (item.kind === 'skipped') skipped++;
      else if (item.kind === 'failed') failed.push(describeFailed(item));
      else {
        artifacts++;
        if (item.conformance.drift.length > 0) drifting++;
        progress.advance(item.conformance.steps);
        await printer.artifact(item);
      }
    }
  } finally {
    progress.finish();
  }
  if (artifacts === 0 && failed.length === 0) {
    const message = `no run was found under ${paths.join(', ')} (${skipped} files looked at)`;
    failed.push({ path: paths[0] ?? '', code: 'unknown-format', message });
  }
  await printer.end(skipped, failed);
  for (const { code, message, tried } of failed) {
    process.stderr.write(`${code}: ${terminalText(message)}\n${tried ? describeTried(tried) : ''}`);
  }
  if (artifacts === 0) {
    return failed.some(({ code }) => code === 'unreadable') ? EXIT.unreadable : EXIT.unknownFormat;
  }
  if (failed.length > 0) return EXIT.someFailed;
  return options.failOn === 'drift' && drifting > 0 ? EXIT.findings : EXIT.done;
}

function describeFailed({ path, code, message, tried }: Extract<ConformItem, { kind: 'failed' }>): Failure {
  const candidates = tried?.map(({ format, score, reason }) => ({ format, score, reason })) ?? [];
  return { path, code, message, ...(candidates.length > 0 && { tried: candidates }) };
}

interface Printer {
  artifact(item: ArtifactItem): Promise<void>;
  end(skipped: number, failed: readonly Failure[]): Promise<void>;
}

/** One document, written as the artifacts are measured. */
class JsonPrinter implements Printer {
  private separator = '{"schema":"codetracer.conform/1","artifacts":[\n';
  private readonly totals = new FormatTotals();
  private readonly drift: DriftRow[] = [];

  async artifact(item: ArtifactItem): Promise<void> {
    const report = reportArtifact(item);
    this.totals.add(item);
    for (const drift of report.conformance.drift) {
      this.drift.push({ path: report.path, format: report.format, ...drift });
    }
    await writeOut(this.separator + JSON.stringify(report));
    this.separator = ',\n';
  }

  async end(skipped: number, failed: readonly Failure[]): Promise<void> {
    const open = this.separator === ',\n' ? '' : this.separator;
    const rest = { drift: this.drift, formats: this.totals.list(), skipped, failed };
    await writeOut(`${open}],${JSON.stringify(rest).slice(1)}\n`);
  }
}

/** Drift above everything else; a single artifact in detail, several as a table by format. */
class TextPrinter implements Printer {
  private readonly totals = new FormatTotals();
  private first: ArtifactItem | undefined;
  private count = 0;

  async artifact(item: ArtifactItem): Promise<void> {
    this.count++;
    this.first ??= item;
    this.totals.add(item);
    await writeOut(printDrift(item));
  }

  async end(skipped: number): Promise<void> {
    if (this.count === 1 && this.first) await writeOut(printArtifact(this.first));
    else if (this.count > 1) await writeOut(printFormats(this.totals.list()));
    if (this.count > 1) process.stderr.write(`${this.count} artifacts, ${skipped} other files\n`);
  }
}

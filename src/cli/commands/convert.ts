import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { convertReadRun, parseTarget } from '../../app/convert-run.ts';
import { type ReadItem, readRuns } from '../../app/read-runs.ts';
import { CodetracerError } from '../../base/error.ts';
import type { ExchangeTarget } from '../../exchange/exported.ts';
import { writeJsonStream } from '../../io/write.ts';
import type { Run } from '../../model/run.ts';
import type { ConvertDocument } from '../../query/conversion-schemas.ts';
import { findStoredRun, openStore, openUserStore } from '../../store/run-store.ts';
import { EXIT } from '../exit-codes.ts';
import { ConversionTotals, describeConverted } from '../output/print-conversion.ts';
import { Progress } from '../output/progress.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { chooseRegistry } from './run-options.ts';

export interface ConvertCommandOptions {
  readonly to: string;
  /** A file, a folder, or `-`. */
  readonly out?: string;
  readonly json?: boolean;
  readonly format?: string;
  /** Folder of the registry; false with `--no-extractors`. */
  readonly extractors?: string | false;
  /** False with `--no-redact`. */
  readonly redact?: boolean;
}

/** Ends of the names of files in a folder. */
const FILE_NAMES: Readonly<Record<ExchangeTarget, string>> = {
  atif: 'trajectory.json',
  otlp: 'otlp.json',
  openinference: 'openinference.json',
  trace: 'trace.json',
  steps: 'steps.json',
};

type RunItem = Extract<ReadItem, { readonly kind: 'run' }>;
type Failure = Pick<Extract<ReadItem, { readonly kind: 'failed' }>, 'path' | 'code' | 'message'>;

/** What was written, for `--json`. */
type ConvertedReport = ConvertDocument['converted'][number];

export async function convertCommand(input: string, options: ConvertCommandOptions): Promise<number> {
  const target = parseTarget(options.to);
  if (options.json && (options.out === undefined || options.out === '-')) {
    throw new CodetracerError(
      'usage',
      '--json prints a report on standard output, where the document would go',
      {
        hint: 'name a file or a folder with --out',
      },
    );
  }
  const writer = new Writer(target, options, input);
  const failed: Failure[] = [];
  let skipped = 0;
  try {
    let held: RunItem | undefined;
    for await (const item of await readInput(input, options)) {
      if (item.kind === 'skipped') skipped++;
      else if (item.kind === 'failed')
        failed.push({ path: item.path, code: item.code, message: item.message });
      else {
        // Whether it is the only one is known only when the next one is there.
        if (held) await writer.write(held, false);
        held = item;
      }
    }
    if (held) await writer.write(held, writer.reports.length === 0);
  } finally {
    writer.finish();
  }
  if (writer.reports.length === 0 && failed.length === 0) {
    const message = `no run was found under ${input} (${skipped} files looked at)`;
    failed.push({ path: input, code: 'unknown-format', message });
  }
  for (const { code, message } of failed) process.stderr.write(`${code}: ${terminalText(message)}\n`);
  if (options.json) {
    const { reports: converted } = writer;
    const document: ConvertDocument = { schema: 'codetracer.convert/1', target, converted, skipped, failed };
    await writeJson(document);
  }
  if (writer.reports.length > 0) return failed.length > 0 ? EXIT.someFailed : EXIT.done;
  return failed.some(({ code }) => code === 'unreadable') ? EXIT.unreadable : EXIT.unknownFormat;
}

/** The runs under a path, or the analysed run that an id, a prefix of one, or `last` names. */
async function readInput(
  input: string,
  { format, extractors }: ConvertCommandOptions,
): Promise<AsyncIterable<ReadItem> | Iterable<ReadItem>> {
  if (input === '-' || (await exists(input)))
    return readRuns([input], { ...(format !== undefined && { format }), ...chooseRegistry(extractors) });
  try {
    return [{ kind: 'run', run: await findInStores(input) }];
  } catch (error) {
    // What looks like a path and is none was meant as one.
    if (!(error instanceof CodetracerError) || !/[/\\.]/.test(input)) throw error;
    return readRuns([input]);
  }
}

async function findInStores(name: string): Promise<Run> {
  try {
    return await findStoredRun(openStore(), name);
  } catch (error) {
    return findStoredRun(openUserStore(), name).catch(() => {
      throw error;
    });
  }
}

class Writer {
  readonly reports: ConvertedReport[] = [];
  private readonly target: ExchangeTarget;
  private readonly options: ConvertCommandOptions;
  private readonly input: string;
  private readonly progress = new Progress();
  private readonly totals = new ConversionTotals();
  private isMany = false;

  constructor(target: ExchangeTarget, options: ConvertCommandOptions, input: string) {
    this.target = target;
    this.options = options;
    this.input = input;
  }

  async write(item: RunItem, isOnly: boolean): Promise<void> {
    const file = await this.placeOf(item.run, isOnly);
    if (file !== '-') await this.guardSource(file, item.folder);
    const { redact } = this.options;
    const converted = convertReadRun(item.run, this.target, redact === undefined ? {} : { redact });
    if (file === '-') for (const part of converted.parts) await writeOut(part);
    else await writeJsonStream(file, converted.parts);
    const { losses, redacted, run } = converted;
    const steps = run.stepCount ?? run.steps.length;
    this.reports.push({
      run: run.id,
      path: run.path,
      file,
      steps,
      losses: [...losses],
      redacted: [...redacted],
    });
    this.totals.add(converted);
    this.isMany ||= !isOnly;
    if (isOnly) process.stderr.write(terminalText(describeConverted(converted, file)));
    else this.progress.advance(steps);
  }

  /** After the last run, or when something went wrong: what became of several runs. */
  finish(): void {
    this.progress.finish();
    if (this.isMany)
      process.stderr.write(terminalText(this.totals.describe(this.target, this.options.out ?? '')));
  }

  /** Where a run goes: to the file that was named, into the folder, or to standard output. */
  private async placeOf(run: Run, isOnly: boolean): Promise<string> {
    const { out = '-' } = this.options;
    const name = `${run.id}.${FILE_NAMES[this.target]}`;
    if (out === '-') {
      if (isOnly) return out;
      throw new CodetracerError('usage', `${this.input} holds several runs`, {
        hint: 'name a folder for them with --out',
      });
    }
    const isFolder = /[/\\]$/.test(out) || (await isDirectory(out));
    if (isOnly && !isFolder) return resolve(out);
    if (!isFolder && (await exists(out))) {
      throw new CodetracerError('usage', `${out} is a file, and there are several runs`, {
        hint: 'name a folder with --out',
      });
    }
    return resolve(join(out, name));
  }

  /** Artifacts are never written to. */
  private async guardSource(file: string, folder: string | undefined): Promise<void> {
    const place = await realPlace(file);
    const source = this.input !== '-' && (await exists(this.input)) ? await realpath(this.input) : undefined;
    const home = folder === undefined ? undefined : await realpath(folder);
    if (place !== source && (home === undefined || !place.startsWith(home + sep))) return;
    throw new CodetracerError('usage', `${file} belongs to the run that is converted`, {
      hint: 'name another place with --out',
    });
  }
}

/** Where a file would really lie: links in the folders above it are followed, as far as these are there. */
async function realPlace(file: string): Promise<string> {
  let folder = dirname(file);
  while (!(await exists(folder)) && dirname(folder) !== folder) folder = dirname(folder);
  const real = await realpath(folder);
  const whole = (await exists(file)) ? await realpath(file) : undefined;
  return whole ?? join(real, file.slice(folder.length));
}

function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

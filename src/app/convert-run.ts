import { CodetracerError } from '../base/error.ts';
import { exportRun } from '../exchange/export-run.ts';
import { EXCHANGE_TARGETS, type ExchangeTarget, type Exported } from '../exchange/exported.ts';
import type { Run } from '../model/run.ts';
import { Redactor } from '../report/redact.ts';
import { redactRun } from '../report/redact-run.ts';
import { readOneRun } from './load-analysis.ts';

export interface ConvertOptions {
  /** Takes secrets out of the texts; true unless told. */
  readonly redact?: boolean;
  /** Id of the format of the artifact: no detection. */
  readonly format?: string;
  /** Folder of a registry of learnt extractors. */
  readonly extractors?: string;
}

/** A run as a document of another tool's format, ready to be shared. */
export interface Converted extends Exported {
  /** The run as it stands in the document: without its secrets. */
  readonly run: Run;
  /** What was taken out, e.g. `2 × API key`; empty when nothing was. */
  readonly redacted: readonly string[];
}

/** What `--to` may be. @throws CodetracerError `usage` for anything else. */
export function parseTarget(text: string): ExchangeTarget {
  const target = EXCHANGE_TARGETS.find((known) => known === text);
  if (target) return target;
  throw new CodetracerError('usage', `there is no target ${JSON.stringify(text)}`, {
    hint: `targets: ${EXCHANGE_TARGETS.join(', ')}`,
  });
}

/** Writes a run that was read as a document of the target. */
export function convertReadRun(run: Run, target: ExchangeTarget, options: ConvertOptions = {}): Converted {
  const redactor = new Redactor();
  const shared = options.redact === false ? run : redactRun(run, redactor);
  return { ...exportRun(shared, target), run: shared, redacted: redactor.summary() };
}

/**
 * Reads the one run under a path and writes it as a document of the target.
 * @throws CodetracerError `unreadable`, `unknown-format`, `ambiguous-format`, or `usage` when there are several runs.
 */
export async function convertRun(
  path: string,
  target: ExchangeTarget,
  options: ConvertOptions = {},
): Promise<Converted> {
  return convertReadRun(await readOneRun(path, options), target, options);
}

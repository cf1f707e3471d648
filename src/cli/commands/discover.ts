import { discoverRuns } from '../../app/discover-runs.ts';
import { DiscoverySum } from '../../app/sum-discovery.ts';
import { EXIT } from '../exit-codes.ts';
import { printDiscovery } from '../output/print-discovery.ts';
import { writeOut } from '../output/write-out.ts';
import { chooseRegistry } from './run-options.ts';

export interface DiscoverCommandOptions {
  readonly json?: boolean;
  readonly format?: string;
  /** Folder of the registry; false with `--no-extractors`. */
  readonly extractors?: string | false;
}

/** Says what would be read under the paths and by what it was known, and what not and why. Reads no run. */
export async function discoverCommand(
  paths: readonly string[],
  options: DiscoverCommandOptions,
): Promise<number> {
  const sum = new DiscoverySum();
  let artifacts = 0;
  let entries = 0;
  let unreadable = false;
  const started = performance.now();
  let shown = started;
  const open = '{"schema":"codetracer.discover/1","artifacts":[';
  const discovered = discoverRuns(paths, {
    ...(options.format !== undefined && { format: options.format }),
    ...chooseRegistry(options.extractors),
  });
  for await (const item of discovered) {
    sum.add(item);
    entries++;
    if (item.kind === 'failed') unreadable ||= item.code === 'unreadable';
    if (item.kind === 'artifact') {
      artifacts++;
      if (options.json) await writeOut(`${artifacts === 1 ? open : ','}\n${JSON.stringify(item.artifact)}`);
    }
    shown = showProgress(entries, artifacts, started, shown);
  }
  if (process.stderr.isTTY && shown !== started) process.stderr.write('\r\u001b[K');
  const { formats, left, failed } = sum.list();
  if (options.json) {
    const rest = JSON.stringify({ formats, left, failed }).slice(1);
    await writeOut(`${artifacts === 0 ? open : ''}],${rest}\n`);
  } else await writeOut(printDiscovery({ formats, left, failed }));
  if (artifacts > 0) return EXIT.done;
  return unreadable ? EXIT.unreadable : EXIT.unknownFormat;
}

/** Answers when it was shown last. */
function showProgress(entries: number, artifacts: number, started: number, shown: number): number {
  const now = performance.now();
  if (now - shown < (process.stderr.isTTY ? 200 : 5000)) return shown;
  const rate = Math.round(entries / ((now - started) / 1000));
  const text = `${entries} entries looked at, ${artifacts} artifacts, ${rate} entries/s`;
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  return now;
}

import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { CodetracerError } from '../base/error.ts';
import { openDiskReader } from '../io/open-reader.ts';
import { writeFileAtomic } from '../io/write.ts';
import type { Run } from '../model/run.ts';
import { readTrace } from '../model/trace-file.ts';

/** Where analysed runs are kept: a folder per run id, and the id of the last one. */
export interface RunStore {
  /** Absolute. */
  readonly folder: string;
}

const FOLDER = '.codetracer';
const LAST = 'last';

/** The store under a folder that the user named, or `.codetracer` under the current directory. */
export function openStore(out?: string): RunStore {
  return { folder: resolve(out ?? FOLDER) };
}

/** The store of the user, for when the current directory belongs to a run. */
export function openUserStore(): RunStore {
  const base = process.env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state');
  return { folder: join(base, 'codetracer') };
}

/** Whether the current directory lies in one of the runs' own folders, so that nothing may be written there. */
export async function isInside(folder: string, cwd: string): Promise<boolean> {
  const [outer, inner] = await Promise.all([realpath(folder), realpath(cwd)]);
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

export async function rememberLast({ folder }: RunStore, id: string): Promise<void> {
  await writeFileAtomic(join(folder, LAST), `${id}\n`);
}

/**
 * The run that an id, a unique prefix of one, or `last` names.
 * @throws CodetracerError `unknown-run` with the ids that fit, or that are there.
 */
export async function findStoredRun(store: RunStore, name: string): Promise<Run> {
  const ids = await listIds(store);
  const wanted = name === LAST ? await readLast(store) : name;
  const fitting = ids.includes(wanted) ? [wanted] : ids.filter((id) => id.startsWith(wanted));
  const [id, second] = fitting;
  if (id === undefined || second !== undefined) {
    throw new CodetracerError(
      'unknown-run',
      second === undefined
        ? `no run is called ${JSON.stringify(name)}`
        : `${fitting.length} runs begin with ${JSON.stringify(name)}`,
      { hint: describeIds(second === undefined ? ids : fitting, store) },
    );
  }
  return loadRun(join(store.folder, id));
}

async function readLast({ folder }: RunStore): Promise<string> {
  const text = await readFile(join(folder, LAST), 'utf8').catch(() => undefined);
  if (text !== undefined) return text.trim();
  throw new CodetracerError('unknown-run', 'no run was analysed here yet', {
    hint: 'run `codetracer analyze <path>` first',
  });
}

async function listIds({ folder }: RunStore): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const known = await Promise.all(
    names.map(async (name) =>
      (await stat(join(folder, name, 'trace.json')).catch(() => undefined)) ? name : undefined,
    ),
  );
  return known.filter((name) => name !== undefined).sort();
}

async function loadRun(folder: string): Promise<Run> {
  const reader = await openDiskReader(folder);
  const document = await reader.json('trace.json', ['steps']);
  if (!document) throw new CodetracerError('unreadable', `${folder}: no trace.json`);
  const steps: unknown[] = [];
  for await (const batch of document.elements('steps')) for (const { value } of batch) steps.push(value);
  const damage = document.diagnostics.find((diagnostic) => diagnostic.severity !== 'info');
  if (damage) throw new CodetracerError('unreadable', `${folder}/trace.json: ${damage.message}`);
  return readTrace(document.value, steps);
}

function describeIds(ids: readonly string[], { folder }: RunStore): string {
  if (ids.length === 0) return `there are no analysed runs in ${folder}`;
  return `known: ${ids.slice(0, 8).join(', ')}${ids.length > 8 ? ` and ${ids.length - 8} more` : ''}`;
}

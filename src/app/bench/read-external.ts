import { readFile, stat } from 'node:fs/promises';
import { CodetracerError } from '../../base/error.ts';
import type { CaseLabels } from '../../bench/bench-case.ts';
import type { Entrant } from '../../bench/entrant.ts';
import { readAnswerFiles } from './answer-files.ts';
import { type ExternalLine, externalLineSchema, readExternalLine } from './external-line.ts';

/** Where another tool's predictions are: a file of JSON lines, or a folder of answers. */
export interface ExternalSource {
  readonly name: string;
  readonly path: string;
}

/** A case as other tools may call it. */
export interface NamedCase {
  readonly id: string;
  readonly name: string;
}

/**
 * Predictions of another tool, in the numbering of the labels.
 * @throws CodetracerError `unreadable` when they are not there or damaged, `usage` when they are about other cases
 */
export async function readExternal(
  { name, path }: ExternalSource,
  cases: readonly NamedCase[],
  labels: ReadonlyMap<string, CaseLabels>,
): Promise<Entrant> {
  const lines = await readSource(path);
  const find = nameFinder(cases);
  let strange = 0;
  const predictions = lines.flatMap(({ line }) => {
    const id = find(line.id);
    if (id === undefined) strange++;
    return id === undefined ? [] : [readExternalLine(line, id, labels.get(id)?.steps ?? 0)];
  });
  if (predictions.length === 0) {
    const [example] = cases;
    throw new CodetracerError(
      'usage',
      `${path}: none of its ${lines.length} predictions is about these runs`,
      {
        hint: `a case is called by its id or name${example ? `, for one ${example.id} or ${example.name}` : ''}`,
      },
    );
  }
  const about = strange === 0 ? `read from ${path}` : `read from ${path}; ${strange} are about other runs`;
  return { name, kind: 'external', about, predictions };
}

/** By id, by name, or by the last part of a name that only one case has. */
function nameFinder(cases: readonly NamedCase[]): (name: string) => string | undefined {
  const exact = new Map<string, string>();
  const ends = new Map<string, string | undefined>();
  for (const { id, name } of cases) {
    exact.set(name, id);
    exact.set(id, id);
    const end = lastPart(name);
    ends.set(end, ends.has(end) ? undefined : id);
  }
  return (name) => exact.get(name) ?? ends.get(lastPart(name));
}

function lastPart(name: string): string {
  return name.replace(/\/+$/, '').slice(name.replace(/\/+$/, '').lastIndexOf('/') + 1);
}

async function readSource(path: string): Promise<readonly { place: string; line: ExternalLine }[]> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    throw new CodetracerError('unreadable', `${path}: no such file or folder`, {
      hint: '--predictions takes name=path: a file of JSON lines, or a folder of codetracer_labels.json files',
      cause: error,
    });
  }
  return isFolder ? readAnswerFiles(path) : readLines(path, await readFile(path, 'utf8'));
}

function readLines(path: string, text: string): { place: string; line: ExternalLine }[] {
  const rows = text
    .split('\n')
    .flatMap((row, index) => (row.trim() === '' ? [] : [{ row, place: `${path}:${index + 1}` }]));
  if (rows.length === 0)
    throw new CodetracerError('unreadable', `${path}: holds no predictions`, { hint: SHAPE });
  return rows.map(({ row, place }) => ({ place, line: readLine(row, place) }));
}

function readLine(row: string, place: string): ExternalLine {
  let value: unknown;
  try {
    value = JSON.parse(row);
  } catch (error) {
    throw new CodetracerError('unreadable', `${place}: not JSON`, { hint: SHAPE, cause: error });
  }
  const parsed = externalLineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = issue ? `${issue.path.join('.')}: ${issue.message}` : 'not a prediction';
  throw new CodetracerError('unreadable', `${place}: ${what}`, { hint: SHAPE });
}

const SHAPE =
  'one JSON object per line: {"id": "…", "onset": [7, 3], "incorrect": [7], "unuseful": [4], "verdict": {"kind": "…", "failure": 0.9}}';

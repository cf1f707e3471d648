import { z } from 'zod';
import { analyzeDocumentSchema } from '../../src/query/schemas.ts';
import { FILE_SCHEMAS } from '../../src/report/files/file-schemas.ts';
import { FIELD_MEANINGS } from './field-meanings.ts';

/** The part of a JSON Schema that the tables show. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Shape>>;
}

const ABOUT: Readonly<Record<string, string>> = {
  'trace.json':
    'Everything: the run whole, its steps, the trace tree, and the report. Our own format; it is versioned.',
  'steps.json':
    'The steps in the benchmark’s shape; steps of sub-agents stand under the step that they ran for.',
  'stage_ranges.json': 'The stages: contiguous, covering all steps.',
  'codetracer_labels.json':
    'Labelled steps by stage, in the benchmark’s shape; stages without labels have no row.',
  'codetracer_analysis.json': 'The diagnosis in the benchmark’s words.',
  'codetracer_rl_feedback.json': 'One signal per step for training.',
};

/** `docs/files.md`: every file and the document of `analyze --json`, field by field. */
export function renderFiles(): string {
  const parts = [
    '# Files',
    '',
    '`codetracer analyze` writes these files for each run into `.codetracer/<run id>/`. JSON is written as a stream; a field',
    'that is marked "may be absent" is left out when its value was not recorded. Schemas stand in [schemas](schemas).',
    'Beside them: `task.md` (the task’s text, the outcome and who says so, failing checks, the final message), `tree.md` (the',
    'trace tree; only branches are indented), and `report.html` (one page without scripts, secrets taken out; for a single',
    'run, or with `--html`).',
    '',
    'A **place** says where a text stands: `artifact` (path relative to the run’s folder; it may start with `../`), and what',
    'addresses it best: `pointer` (JSON pointer), `line` (from 1), `castEvents` (first and last event of a recording, from 0),',
    '`bytes` (range, end exclusive). They combine: a pointer inside the JSON of a line.',
  ];
  for (const [name, schema] of Object.entries(FILE_SCHEMAS)) {
    parts.push('', `## ${name}`, '', ABOUT[name] ?? '', '', ...renderTable(schema));
  }
  parts.push('', '## The document of `analyze --json`', '', ...renderTable(analyzeDocumentSchema));
  parts.push('', 'This page is made from the code by `npm run docs`.', '');
  return parts.join('\n');
}

function renderTable(schema: z.ZodType): string[] {
  const shape = z.toJSONSchema(schema, { io: 'output', reused: 'inline' }) as Shape;
  const rows: string[] = ['| field | type | meaning |', '|---|---|---|'];
  // A work list instead of recursion; children stand right after their parent.
  const work: { path: string; shape: Shape; optional: boolean }[] = [{ path: '', shape, optional: false }];
  for (let item = work.shift(); item; item = work.shift()) {
    const { path, shape: here, optional } = item;
    if (path !== '') {
      const own = here.description ?? (isPlace(here) ? undefined : FIELD_MEANINGS[lastPart(path)]);
      const meaning = [own, optional ? 'May be absent.' : undefined].filter(Boolean).join(' ');
      rows.push(`| \`${path}\` | ${describeType(here)} | ${meaning.replaceAll('|', '\\|')} |`);
    }
    if (isPlace(here)) continue;
    const inner = resolveRef(here.items ?? here, shape, path);
    const prefix = here.items ? `${path}[]` : path;
    const children = Object.entries(inner.properties ?? {}).map(([key, child]) => ({
      path: prefix === '' ? key : `${prefix}.${key}`,
      shape: child,
      optional: !(inner.required ?? []).includes(key),
    }));
    work.unshift(...children);
  }
  return rows;
}

/** A record that refers to itself is shown once, at the top: below that its type says that it is the same again. */
function resolveRef(inner: Shape, root: Shape, path: string): Shape {
  if (inner.$ref === undefined || path !== '') return inner;
  return root.$defs?.[inner.$ref.slice(inner.$ref.lastIndexOf('/') + 1)] ?? inner;
}

/** Places are the same everywhere: described once, at the top of the page. */
function isPlace(shape: Shape): boolean {
  return shape.properties !== undefined && 'artifact' in shape.properties && 'castEvents' in shape.properties;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function describeType(shape: Shape): string {
  if (isPlace(shape)) return 'place';
  if (shape.const !== undefined) return `\`${JSON.stringify(shape.const)}\``;
  if (shape.enum)
    return shape.enum.length > 8
      ? `one of ${shape.enum.length} words (see the schema)`
      : shape.enum.map(String).join(', ');
  if (shape.anyOf) return shape.anyOf.map(describeType).join(' or ');
  if (shape.items) return `list of ${describeType(shape.items)}`;
  return shape.type ?? (shape.$ref ? 'record of the same shape' : 'any');
}

import { z } from 'zod';
import { benchReportDocumentSchema, benchReportFileSchema } from '../../src/app/bench/bench-documents.ts';
import { benchManifestSchema } from '../../src/app/bench/bench-manifest.ts';
import { externalLineSchema } from '../../src/app/bench/external-line.ts';
import { predictionLineSchema } from '../../src/app/bench/prediction-line.ts';
import { compareReportSchema } from '../../src/bench/compare-report.ts';
import { scoreReportSchema } from '../../src/bench/score-report.ts';
import { SIGNALS } from '../../src/diagnosis/signals/signal-rule.ts';
import { specSchema } from '../../src/evolve/spec/spec.ts';
import { DIAGNOSTIC_CODES } from '../../src/model/diagnostic.ts';
import { conformDocumentSchema } from '../../src/query/conformance-schemas.ts';
import { convertDocumentSchema } from '../../src/query/conversion-schemas.ts';
import { diffDocumentSchema } from '../../src/query/diff-schemas.ts';
import { discoverDocumentSchema } from '../../src/query/discovery-schemas.ts';
import { effectsDocumentSchema } from '../../src/query/effects-schemas.ts';
import { filesDocumentSchema } from '../../src/query/files/files-schemas.ts';
import { patchDocumentSchema } from '../../src/query/patch/patch-schemas.ts';
import { analyzeDocumentSchema } from '../../src/query/schemas.ts';
import { stateDocumentSchema } from '../../src/query/state-schemas.ts';
import { treeDocumentSchema } from '../../src/query/tree/tree-schemas.ts';
import { whyDocumentSchema } from '../../src/query/why-schemas.ts';
import { FILE_SCHEMAS } from '../../src/report/files/file-schemas.ts';
import { renderCli } from './render-cli.ts';
import { renderExamples } from './render-examples.ts';
import { renderFiles } from './render-files.ts';
import { renderFormats } from './render-formats.ts';
import { renderPrograms } from './render-programs.ts';
import { renderReadme } from './render-readme.ts';

/** The documents that are made from the code: path in the repository to content. */
export function renderDocs(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', renderReadme()],
    ['docs/diagnostics.md', renderDiagnostics()],
    ['docs/signals.md', renderSignals()],
    ['docs/cli.md', renderCli()],
    ['docs/files.md', renderFiles()],
    ['docs/formats.md', renderFormats()],
    ['docs/programs.md', renderPrograms()],
    ...renderExamples(),
    [
      'docs/schemas/analyze-1.schema.json',
      renderSchema(analyzeDocumentSchema, 'The document that `codetracer analyze --json` prints.'),
    ],
    [
      'docs/schemas/bench-score-1.schema.json',
      renderSchema(
        scoreReportSchema,
        'The document that `codetracer bench score --json` prints: how systems did on labelled cases.',
      ),
    ],
    [
      'docs/schemas/bench-compare-1.schema.json',
      renderSchema(
        compareReportSchema,
        'The document that `codetracer bench compare --json` prints: two systems on the same cases.',
      ),
    ],
    [
      'docs/schemas/discover-1.schema.json',
      renderSchema(discoverDocumentSchema, 'The document that `codetracer discover --json` prints.'),
    ],
    [
      'docs/schemas/conform-1.schema.json',
      renderSchema(conformDocumentSchema, 'The document that `codetracer conform --json` prints.'),
    ],
    [
      'docs/schemas/diff-1.schema.json',
      renderSchema(diffDocumentSchema, 'The document that `codetracer diff --json` prints.'),
    ],
    [
      'docs/schemas/patch-1.schema.json',
      renderSchema(patchDocumentSchema, 'The document that `codetracer patch --json` prints.'),
    ],
    [
      'docs/schemas/convert-1.schema.json',
      renderSchema(convertDocumentSchema, 'The document that `codetracer convert --json` prints.'),
    ],
    [
      'docs/schemas/effects-1.schema.json',
      renderSchema(
        effectsDocumentSchema,
        'The document that `codetracer effects --json` prints; without `--json` each of its rows is a line.',
      ),
    ],
    [
      'docs/schemas/files-1.schema.json',
      renderSchema(filesDocumentSchema, 'The document that `codetracer files --json` prints.'),
    ],
    [
      'docs/schemas/why-1.schema.json',
      renderSchema(whyDocumentSchema, 'The document that `codetracer why --json` prints.'),
    ],
    [
      'docs/schemas/extractor-1.schema.json',
      renderSchema(specSchema, 'An extractor spec: how to read one artifact format. Data only, never code.'),
    ],
    [
      'docs/schemas/state-1.schema.json',
      renderSchema(stateDocumentSchema, 'The document that `codetracer state --json` prints.'),
    ],
    [
      'docs/schemas/tree-1.schema.json',
      renderSchema(treeDocumentSchema, 'The document that `codetracer tree --json` prints.'),
    ],
    ...BENCH_SCHEMAS.map(([name, schema, description]): [string, string] => [
      `docs/schemas/${name}.schema.json`,
      renderSchema(schema, description),
    ]),
    ...Object.entries(FILE_SCHEMAS).map(([name, schema]): [string, string] => [
      `docs/schemas/${name.replace(/\.json$/, '')}.schema.json`,
      renderSchema(schema, `The file \`${name}\` of an analysed run.`),
    ]),
  ]);
}

const BENCH_SCHEMAS: readonly (readonly [name: string, schema: z.ZodType, description: string])[] = [
  ['bench-run-1', benchManifestSchema, 'What `codetracer bench run --json` prints, and `manifest.json`.'],
  ['bench-prediction', predictionLineSchema, 'A line of `predictions/<system>.jsonl`.'],
  ['bench-external-prediction', externalLineSchema, 'A line of predictions that another tool made.'],
  ['bench-report-1', benchReportDocumentSchema, 'The document that `codetracer bench report --json` prints.'],
  ['bench-report-data-1', benchReportFileSchema, '`report.json`, which `codetracer bench report` writes.'],
];

function renderDiagnostics(): string {
  return `# Diagnostics

Bad data is reported and the run goes on. A diagnostic has a code of this list, a severity (\`info\`, \`warning\`,
\`error\`), a message, and, where it is known, its place and how often it occurred.

${renderTable('code', DIAGNOSTIC_CODES)}`;
}

function renderSignals(): string {
  return `# Signals

What the diagnosis observes on steps. A signal has a value from 0 to 1, 1 unless its meaning says otherwise, and quotes
its evidence where there is a text to quote. Signals are weighed against each other; none of them alone is a verdict.

${renderTable('signal', SIGNALS)}`;
}

function renderTable(head: string, entries: Readonly<Record<string, string>>): string {
  const rows = Object.entries(entries).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return `| ${head} | meaning |\n|---|---|\n${rows.join('\n')}\n\n${NOTE}\n`;
}

const NOTE = 'This page is made from the code by `npx tsx scripts/docs.ts`.';

function renderSchema(schema: z.ZodType, description: string): string {
  const json = z.toJSONSchema(schema, { io: 'output' });
  return `${JSON.stringify({ ...json, description }, null, 2)}\n`;
}

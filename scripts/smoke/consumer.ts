/** Programs of a user of the package: one that runs, one that is only compiled. Both are written into an empty project. */

/** Prints the number of steps and the onset of the example, once by each way into the library. */
export const CONSUMER_SCRIPT = `
import { analyzeRun, openRuns, reportRun, renderTree, VERSION } from 'codetracer';
const example = process.argv[2];
const analysis = await analyzeRun(example);
const report = reportRun(analysis);
const opened = [];
for await (const item of openRuns([example])) opened.push(item.kind);
console.log(JSON.stringify({
  version: VERSION,
  steps: analysis.run.steps.length,
  onset: report.onset,
  opened,
  tree: [...renderTree(analysis)].length > 0,
}));
`;

export const CONSUMER_TYPES = `
import { type Analysis, analyzeRun, CodetracerError, type Diagnosis, openRuns, type Run, type Step } from 'codetracer';

export async function firstStep(path: string): Promise<Step | undefined> {
  const analysis: Analysis = await analyzeRun(path, { withholdOutcome: true });
  const run: Run = analysis.run;
  const diagnosis: Diagnosis = analysis.diagnosis;
  const confidence: number = diagnosis.verdict.value;
  return confidence > 0 ? run.steps[0] : undefined;
}

export async function ids(paths: string[]): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const item of openRuns(paths)) if (item.kind === 'run') found.push(item.analysis.run.id);
  } catch (error) {
    if (error instanceof CodetracerError) found.push(error.code);
  }
  return found;
}

// @ts-expect-error: a path is text
export const wrong = analyzeRun(1);
`;

/** Declarations of packages are checked too; those of zod name `URL`, which needs the DOM's or Node's types. */
export const CONSUMER_TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
  },
  files: ['consumer.ts'],
};

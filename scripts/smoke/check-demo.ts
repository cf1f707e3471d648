import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { asArray, asObject, at } from '../../src/base/json.ts';

/** What the example is known to be: a failed run of 13 steps that went wrong when the sign was removed, or later. */
const STEPS = 13;

/** Checks the document that `codetracer demo --json` prints against the published schema and the example's story. */
export function checkDemo(stdout: string, schemaFile: string): void {
  const document: unknown = JSON.parse(stdout);
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
  if (!validate(document)) {
    throw new Error(`the document breaks its schema: ${JSON.stringify(validate.errors?.slice(0, 5))}`);
  }
  const runs = asArray(at(document, 'runs')) ?? [];
  const run = asObject(runs[0]);
  const facts = { runs: runs.length, format: run?.format, steps: run?.steps, outcome: run?.outcome };
  const expected = { runs: 1, format: 'mini-swe-agent', steps: STEPS, outcome: 'failed' };
  if (JSON.stringify(facts) !== JSON.stringify(expected)) {
    throw new Error(`the demo gives ${JSON.stringify(facts)}, not ${JSON.stringify(expected)}`);
  }
  if (at(run, 'verdict', 'kind') !== 'decisive-failure') {
    throw new Error(`the demo's verdict is ${JSON.stringify(at(run, 'verdict'))}`);
  }
  if (typeof run?.onset !== 'number') throw new Error(`the demo's onset is ${JSON.stringify(run?.onset)}`);
}

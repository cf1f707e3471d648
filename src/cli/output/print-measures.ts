import type { SpecMeasures } from '../../evolve/validate/measure-spec.ts';

/** What an extractor understood of some artifacts, a figure per line. */
export function printMeasures(measures: SpecMeasures): string[] {
  const share = (name: string, value: number | undefined): string[] =>
    value === undefined ? [] : [`  ${name.padEnd(26)}${(100 * value).toFixed(1).padStart(6)} %`];
  return [
    `  ${measures.steps} steps in ${measures.artifactsWithSteps} of ${measures.artifacts} artifacts, ${measures.records} records`,
    ...share('records explained', measures.recordsExplained),
    ...share('text explained', measures.textExplained),
    ...share('calls with a result', measures.paired),
    ...share('joined by id', measures.pairedById),
    ...share('results without a call', measures.resultsLost),
    ...share('steps with an observation', measures.observed),
    ...share('steps with a thought', measures.thoughtful),
    ...share('times that go back', measures.timeBack),
  ];
}

import type { Run } from '../model/run.ts';
import { renderTrace } from '../model/trace-file.ts';
import { exportAtif } from './export-atif.ts';
import { exportOpenInference, exportOtlp } from './export-spans.ts';
import type { ExchangeTarget, Exported, Exporter } from './exported.ts';
import { findLosses } from './find-losses.ts';
import { renderSteps } from './render-steps.ts';
import { writeItems } from './write-json.ts';

const EXPORTERS: Readonly<Record<ExchangeTarget, Exporter>> = {
  atif: exportAtif,
  otlp: exportOtlp,
  openinference: exportOpenInference,
  trace: (run) => ({ target: 'trace', parts: renderTrace(run), losses: [] }),
  steps: (run) => ({ target: 'steps', parts: renderStepsFile(run), losses: findLosses(run, 'steps') }),
};

/** A run as a document of another tool's format, and what that document can not hold. Pure; the text comes in pieces. */
export function exportRun(run: Run, target: ExchangeTarget): Exported {
  return EXPORTERS[target](run);
}

function* renderStepsFile(run: Run): Generator<string> {
  yield '[';
  yield* writeItems(renderSteps(run));
  yield '\n]\n';
}

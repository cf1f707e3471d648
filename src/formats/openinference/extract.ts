import type { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { extractTraces } from '../otlp/extract-traces.ts';
import { openInferenceConvention } from './convention.ts';

export function extractOpenInference(input: ExtractInput): AsyncGenerator<RunBuilder> {
  return extractTraces(input, openInferenceConvention);
}

import type { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { extractTraces } from '../otlp/extract-traces.ts';
import { genAiConvention } from './convention.ts';

export function extractGenai(input: ExtractInput): AsyncGenerator<RunBuilder> {
  return extractTraces(input, genAiConvention);
}

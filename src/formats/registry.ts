import { claudeCodeSessionFormat } from './claude-code-session/format.ts';
import { claudeCodeStreamJsonFormat } from './claude-code-stream-json/format.ts';
import { claudeCodeCastFormat } from './claude-code-stream-json-in-asciinema/format.ts';
import type { Enricher, Format, Layout } from './format.ts';
import { miniSweAgentFormat } from './mini-swe-agent/format.ts';
import { sweAgentFormat } from './swe-agent/format.ts';
import { sweBenchEnricher } from './swe-bench/enricher.ts';
import { terminalBenchFormat } from './terminal-bench/format.ts';
import { terminalBenchLayout } from './terminal-bench/layout.ts';

/** Every hand-written format. Order is for listings only: detection scores all of them. */
export const FORMATS: readonly Format[] = [
  claudeCodeSessionFormat,
  claudeCodeStreamJsonFormat,
  claudeCodeCastFormat,
  miniSweAgentFormat,
  sweAgentFormat,
  terminalBenchFormat,
];

/** Every run folder layout. */
export const LAYOUTS: readonly Layout[] = [terminalBenchLayout];

/** Lookers-around for artifacts that stand in no layout. */
export const ENRICHERS: readonly Enricher[] = [sweBenchEnricher];

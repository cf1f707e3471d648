import { agentlessFormat } from './agentless/format.ts';
import { aiderFormat } from './aider/format.ts';
import { atifFormat } from './atif/format.ts';
import { claudeCodeSessionFormat } from './claude-code-session/format.ts';
import { claudeCodeStreamJsonFormat } from './claude-code-stream-json/format.ts';
import { claudeCodeCastFormat } from './claude-code-stream-json-in-asciinema/format.ts';
import { clineRooFormat } from './cline-roo/format.ts';
import { codetracerStepsFormat } from './codetracer-steps/format.ts';
import { codetracerTraceFormat } from './codetracer-trace/format.ts';
import { codexRolloutFormat } from './codex-rollout/format.ts';
import { copilotFormat } from './copilot/format.ts';
import { cursorFormat } from './cursor/format.ts';
import type { Enricher, Format, Layout } from './format.ts';
import { geminiCliFormat } from './gemini-cli/format.ts';
import { harborLayout } from './harbor/layout.ts';
import { inspectAiFormat } from './inspect-ai/format.ts';
import { kimiFormat } from './kimi/format.ts';
import { llmProxyFormat } from './llm-proxy/format.ts';
import { miniSweAgentFormat } from './mini-swe-agent/format.ts';
import { miniSweAgentLogFormat } from './mini-swe-agent-log/format.ts';
import { opencodeFormat } from './opencode/format.ts';
import { openhandsCompletionsFormat } from './openhands-completions/format.ts';
import { openhandsEvalEnricher } from './openhands-eval/enricher.ts';
import { openhandsEventsFormat } from './openhands-events/format.ts';
import { openhandsSdkFormat } from './openhands-sdk/format.ts';
import { openInferenceFormat } from './openinference/format.ts';
import { otlpGenaiFormat } from './otlp-genai/format.ts';
import { piFormat } from './pi/format.ts';
import { qwenFormat } from './qwen/format.ts';
import { repairAgentFormat } from './repairagent/format.ts';
import { sweAgentFormat } from './swe-agent/format.ts';
import { sweBenchEnricher } from './swe-bench/enricher.ts';
import { terminalBenchFormat } from './terminal-bench/format.ts';
import { terminalBenchLayout } from './terminal-bench/layout.ts';
import { terminus2Format } from './terminus-2/format.ts';

/** Every hand-written format. Order is for listings only: detection scores all of them. */
export const FORMATS: readonly Format[] = [
  atifFormat,
  terminus2Format,
  claudeCodeSessionFormat,
  claudeCodeStreamJsonFormat,
  claudeCodeCastFormat,
  clineRooFormat,
  aiderFormat,
  agentlessFormat,
  repairAgentFormat,
  miniSweAgentFormat,
  miniSweAgentLogFormat,
  sweAgentFormat,
  openhandsEventsFormat,
  openhandsCompletionsFormat,
  openhandsSdkFormat,
  inspectAiFormat,
  llmProxyFormat,
  terminalBenchFormat,
  codexRolloutFormat,
  geminiCliFormat,
  copilotFormat,
  cursorFormat,
  kimiFormat,
  opencodeFormat,
  piFormat,
  qwenFormat,
  otlpGenaiFormat,
  openInferenceFormat,
  codetracerTraceFormat,
  codetracerStepsFormat,
];

/** Every run folder layout. */
export const LAYOUTS: readonly Layout[] = [harborLayout, terminalBenchLayout];

/** Lookers-around for artifacts that stand in no layout. */
export const ENRICHERS: readonly Enricher[] = [sweBenchEnricher, openhandsEvalEnricher];

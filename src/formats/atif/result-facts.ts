import { at, isObject, type JsonObject } from '../../base/json.ts';
import type { FileFact } from '../../model/file-fact.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { PendingStep, ResultFacts } from '../../model/thread-builder.ts';
import { readClaudeFacts } from '../shared/file-facts.ts';

/** Exit statuses as the agents' shell tools print them: Claude Code, Codex, OpenHands, mini-SWE-agent. */
const EXIT_CODES = [
  /^Exit code:? (-?\d+)\b/,
  /^Process exited with code (-?\d+)\b/m,
  /\[The command completed with exit code (-?\d+)\.?\]/,
  /\[Command finished with exit code (-?\d+)\]/,
  /<returncode>(-?\d+)<\/returncode>/,
];

const CWD = /\[Current working directory: ([^\]\n]+)\]/;

/** Both ends of a long output: markers of a status stand at one of them. */
const EDGE = 600;

/** What a result says of how the call ended. `extra` is the step's: exporters keep the agent's own record there. */
export function readResultStatus(content: string, extra: unknown): Omit<ResultFacts, 'observation'> {
  const edges = content.length <= 2 * EDGE ? content : `${content.slice(0, EDGE)}\n${content.slice(-EDGE)}`;
  const exitCode = readExitCode(edges);
  const cwd = CWD.exec(edges)?.[1];
  const status = readStatus(edges, extra, exitCode);
  return {
    ...(exitCode !== undefined && { exitCode }),
    ...(status && { status }),
    ...(cwd !== undefined && { recordedCwd: cwd }),
  };
}

/**
 * What the agent's own record, which exporters keep in the step's `extra`, says of a file. The record is the step's, so
 * it counts only for the call that names the same file.
 */
export function readKeptFacts(call: PendingStep, extra: unknown, place: SourceRef): FileFact[] {
  const record =
    at(extra, 'tool_result_metadata', 'tool_use_result') ?? at(extra, 'metadata', 'tool_use_result');
  const path = at(call.facts.args, 'file_path');
  return readClaudeFacts(record, place).filter((fact) => fact.path === path);
}

function readExitCode(text: string): number | undefined {
  for (const pattern of EXIT_CODES) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return Number(found);
  }
  return undefined;
}

function readStatus(text: string, extra: unknown, exitCode: number | undefined): StepStatus | undefined {
  const facts: JsonObject = isObject(extra) ? extra : {};
  if (at(facts, 'tool_result_metadata', 'tool_use_result', 'interrupted') === true) return 'interrupted';
  if (text.startsWith("The user doesn't want to proceed with this tool use")) return 'rejected';
  if (text.startsWith('[Request interrupted by user')) return 'interrupted';
  if (/^(?:Exit code 143\n)?Command timed out after /.test(text)) return 'timeout';
  if (facts.tool_result_is_error === true || text.startsWith('<tool_use_error>')) return 'error';
  if (exitCode !== undefined) return exitCode === 0 ? 'ok' : 'error';
  // The exporter of Claude Code's sessions keeps the raw result: one that is not marked as an error succeeded.
  return isObject(facts.tool_result_metadata) ? 'ok' : undefined;
}

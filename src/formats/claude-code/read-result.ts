import { asString, at, isObject, type JsonObject } from '../../base/json.ts';
import type { StepStatus } from '../../model/step.ts';
import type { ResultFacts } from '../../model/thread-builder.ts';
import { readContent } from '../shared/content-text.ts';
import { factsField, readClaudeFacts } from '../shared/file-facts.ts';
import { type Origin, placeIn } from './record.ts';

/** Opening words of a result that says that the call did not run, by the user's or the permissions' decision. */
const REJECTED = [
  "The user doesn't want to proceed with this tool use",
  "The user doesn't want to take this action right now",
  'The tool use was rejected',
  'Permission to use ',
  'Claude requested permissions to ',
  'Error: The user doesn',
];

/** Of calls that were stopped: by the user, or because a call beside them failed. */
const INTERRUPTED = [
  '[Request interrupted by user',
  'Request interrupted by user',
  'Interrupted by user',
  'Sibling tool call errored',
  'Cancelled: parallel tool call',
];

/**
 * A call's result from a `tool_result` block and the structured copy beside it (`toolUseResult` in session files,
 * `tool_use_result` in streams): the block holds what the agent was shown, the copy may hold more.
 */
export function readResult(
  block: JsonObject,
  structured: unknown,
  origin: Origin,
  path: readonly (string | number)[],
): ResultFacts {
  const { text, images } = readContent(block.content);
  const rawOutput = longerOutput(text, structured);
  const exitCode = block.is_error === true ? readExitCode(text) : undefined;
  return {
    observation: text,
    ...(rawOutput !== undefined && { rawOutput }),
    ...(images.length > 0 && { images }),
    ...(block.is_error !== true && factsField(readClaudeFacts(structured, origin.place))),
    ...(exitCode !== undefined && { exitCode }),
    status: readStatus(text, block.is_error === true, structured),
    ...(origin.time !== undefined && { endedAt: origin.time }),
    place: placeIn(origin, ...path, 'content'),
  };
}

function readStatus(text: string, isError: boolean, structured: unknown): StepStatus {
  if (at(structured, 'interrupted') === true) return 'interrupted';
  if (!isError) return 'ok';
  const plain = text.startsWith('<tool_use_error>') ? text.slice('<tool_use_error>'.length) : text;
  if (startsWithAny(plain, REJECTED)) return 'rejected';
  if (startsWithAny(plain, INTERRUPTED)) return 'interrupted';
  if (/^(?:Exit code \d+\n)?(?:Error: )?Command timed out after /.test(plain)) return 'timeout';
  return 'error';
}

function startsWithAny(text: string, openings: readonly string[]): boolean {
  return openings.some((opening) => text.startsWith(opening));
}

/** Failed commands begin with `Exit code N` in 2.1; 2.0.29 does not say the code. */
function readExitCode(text: string): number | undefined {
  const match = /^(?:Error: )?Exit code (\d{1,3})(?:\n|$)/.exec(text);
  return match ? Number(match[1]) : undefined;
}

/** The output of the tool where the structured copy has more of it than the agent was shown. */
function longerOutput(shown: string, structured: unknown): string | undefined {
  const whole = structuredOutput(structured);
  if (whole === undefined || whole.length <= shown.length) return undefined;
  // Texts of errors are the same but for this prefix.
  return whole === `Error: ${shown}` ? undefined : whole;
}

function structuredOutput(structured: unknown): string | undefined {
  if (typeof structured === 'string') return structured;
  if (!isObject(structured)) return undefined;
  const { stdout, stderr } = structured;
  if (typeof stdout === 'string' || typeof stderr === 'string') {
    return [stdout, stderr].filter((text) => typeof text === 'string' && text !== '').join('\n');
  }
  return (
    asString(at(structured, 'file', 'content')) ??
    asString(at(structured, 'task', 'output')) ??
    asString(structured.result) ??
    searchOutput(structured)
  );
}

/** Searches keep their matches in `content`; edits and writes keep the text that was written there, which is no output. */
function searchOutput(structured: JsonObject): string | undefined {
  return structured.filePath === undefined ? asString(structured.content) : undefined;
}

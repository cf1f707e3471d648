import { asString, type JsonObject } from '../../base/json.ts';
import type { Millis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { ResultFacts } from '../../model/thread-builder.ts';
import { readContent } from '../shared/content-text.ts';
import { placeIn } from '../shared/place-in.ts';

/** Facts of a `toolResult` message. The shell's exit code stands at the end of its text, and only when it is not 0. */
export function readResult(message: JsonObject, time: Millis | undefined, place: SourceRef): ResultFacts {
  const { text, images } = readContent(message.content);
  const failed = message.isError === true;
  const exitCode = failed && message.toolName === 'bash' ? readExitCode(text) : undefined;
  return {
    observation: text,
    ...(images.length > 0 && { images }),
    ...(exitCode !== undefined && { exitCode }),
    status: failed ? statusOfFailure(text) : message.isError === false ? 'ok' : 'unknown',
    ...(time !== undefined && { endedAt: time }),
    place: placeIn(place, 'message', 'content'),
  };
}

/** The last line of a failed command's text. */
function readExitCode(text: string): number | undefined {
  const match = /^Command exited with code (\d{1,3})$/.exec(lastLine(text));
  return match ? Number(match[1]) : undefined;
}

function statusOfFailure(text: string): StepStatus {
  const last = lastLine(text);
  if (/^Command timed out after \d+ seconds?$/.test(last)) return 'timeout';
  return /^(?:Command|Operation) aborted$/.test(last) ? 'interrupted' : 'error';
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

/** The text of a command that the user typed (`!ls`), with what it printed. */
export function readUserCommand(message: JsonObject): string {
  const output = asString(message.output) ?? '';
  const command = asString(message.command) ?? '';
  return output === '' ? `! ${command}` : `! ${command}\n${output}`;
}

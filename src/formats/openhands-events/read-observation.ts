import { asArray, asBoolean, asObject, asString, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { ResultFacts } from '../../model/thread-builder.ts';
import { readShellResult } from '../openhands/read-shell-result.ts';
import { factsField, readOpenHandsFacts } from '../shared/file-facts.ts';

/** The result that an observation brings: its `content`, and how the action ended where the event says so. */
export function readObservation(
  event: JsonObject,
  kind: string,
  args: JsonObject | undefined,
  place: SourceRef,
): ResultFacts {
  const extras = asObject(event.extras) ?? {};
  const shell = readShellResult({
    exit_code: extras.exit_code ?? event.exit_code,
    metadata: extras.metadata,
  });
  const images = readImages(extras);
  const endedAt = toMillis(event.timestamp);
  const recalled = kind === 'recall' ? readRecalled(extras) : '';
  return {
    observation: text(event),
    ...(recalled !== '' && { rawOutput: recalled }),
    ...(images.length > 0 && { images }),
    ...(kind === 'edit' && factsField(readOpenHandsFacts(extras, args, place))),
    ...(shell.exitCode !== undefined && { exitCode: shell.exitCode }),
    status: readStatus(event, kind, shell.status),
    ...(shell.recordedCwd !== undefined && { recordedCwd: shell.recordedCwd }),
    ...(endedAt !== undefined && { endedAt }),
    place,
  };
}

function readStatus(event: JsonObject, kind: string, shell: StepStatus): StepStatus {
  if (kind === 'error') return 'error';
  if (kind === 'user_rejected') return 'rejected';
  if (shell !== 'unknown') return shell;
  if (kind === 'run') return 'unknown';
  // The kernel's cells are always recorded as successes, tracebacks included.
  if (kind === 'run_ipython') return 'unknown';
  const failed =
    asBoolean(asObject(event.extras)?.error) ?? (asBoolean(event.success) === false ? true : undefined);
  if (failed === true || text(event).startsWith('ERROR:')) return 'error';
  return failed === false || event.success === true || FAILS_AS_ERROR.has(kind) ? 'ok' : 'unknown';
}

/** What was recalled for the agent: `content` only says that something was. */
function readRecalled(extras: JsonObject): string {
  const knowledge = asArray(extras.microagent_knowledge) ?? [];
  const texts = [
    extras.repo_instructions,
    extras.additional_agent_instructions,
    ...knowledge.map((one) => asObject(one)?.content),
  ];
  return texts.filter((one) => typeof one === 'string' && one !== '').join('\n\n');
}

function text(event: JsonObject): string {
  return asString(event.content) ?? '';
}

/** Observations that come only when the action worked; its failure comes as an `error`. */
const FAILS_AS_ERROR = new Set(['read', 'edit', 'write', 'think', 'recall', 'task_tracking']);

function readImages(extras: JsonObject): string[] {
  const urls = asArray(extras.image_urls) ?? [];
  return [...urls, extras.screenshot].flatMap((image) => {
    const text = asString(image);
    if (text === undefined || text === '') return [];
    if (/^https?:/.test(text)) return [text];
    const media = /^data:([\w/+.-]{1,60})/.exec(text)?.[1];
    return [`inline ${media ?? 'image'}`];
  });
}

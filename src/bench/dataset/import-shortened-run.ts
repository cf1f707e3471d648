import { pointer } from '../../base/json.ts';
import { statusOfObservation } from '../../formats/swe-agent/read-element.ts';
import type { RunId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { StepStatus } from '../../model/step.ts';
import { readShortenedCall, type ShortenedStep } from './shortened-step.ts';

/** Name of the document that places point into; the file that the record lies in holds its label too. */
const ARTIFACT = 'record.json';

/**
 * A run from a shortened record: one step per record, with what was called, the reason given, and what was shown. There
 * is no task, no outcome, no agent and no time in it. Texts were shortened before; they enter with the marks of the cuts.
 */
export function importShortenedRun(id: string, steps: readonly ShortenedStep[]): Run {
  const run = new RunBuilder({ format: 'shortened-record', path: id });
  run.artifact({ path: ARTIFACT, use: 'steps' });
  for (const [index, step] of steps.entries()) {
    const at = (key: string) => ({ artifact: ARTIFACT, pointer: pointer('steps', index, key) });
    run.beginTurn();
    run.think(step.reason, at('reason'));
    const call = run.call({
      ...readShortenedCall(step),
      place: at(step.args === undefined ? 'tool' : 'args'),
    });
    const cwd = directoryOf(step.saw);
    run.result(call, {
      ...(step.saw !== undefined && { observation: step.saw, place: at('saw') }),
      status: statusOf(step),
      ...(cwd !== undefined && { recordedCwd: cwd }),
    });
  }
  return run.build(id as RunId);
}

function statusOf({ failed, saw }: ShortenedStep): StepStatus {
  if (failed !== undefined) return failed ? 'error' : 'ok';
  return saw === undefined ? 'unknown' : statusOfObservation(saw);
}

/** SWE-agent's prompt at the end of an answer: `(Current directory: /repo) bash-$`. */
function directoryOf(saw: string | undefined): string | undefined {
  return saw === undefined
    ? undefined
    : /\(Current directory: (\/[^\n()]{0,500})\)\s*bash-\$\s*$/.exec(saw)?.[1];
}

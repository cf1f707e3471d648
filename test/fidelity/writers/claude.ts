import type { JsonObject } from '../../../src/base/json.ts';
import type { RecordedStep, Recording } from '../recorder/recording.ts';
import { type Artifact, cutMiddle, TASK, timeOf, turnsOf, type Writer } from './artifact.ts';

const LIMIT = 30_000;
const SESSION = '7d3a5b90-1f5e-4c7b-9a62-0f4c2d9e8b11';

/** The session file with structured results, and one from which they were stripped. */
export const claudeSession: Writer = (recording) => writeSession(recording, true);
export const claudeStripped: Writer = (recording) => writeSession(recording, false);

function writeSession({ steps, start }: Recording, rich: boolean): Artifact {
  const lines: JsonObject[] = [];
  let last: string | null = null;
  let below: string | null = null;
  let cwd = start.cwd;
  const add = (record: JsonObject, sidechain = false): void => {
    const uuid = `u-${lines.length}`;
    lines.push({
      parentUuid: sidechain ? below : last,
      isSidechain: sidechain,
      userType: 'external',
      cwd,
      sessionId: SESSION,
      version: '2.1.44',
      gitBranch: 'main',
      ...record,
      uuid,
      timestamp: timeOf(lines.length),
    });
    if (sidechain) below = uuid;
    else last = uuid;
  };
  const addResults = ({ id, turn, helper }: Turn): void => {
    for (const [index, step] of turn.entries()) {
      cwd = step.truth.cwd;
      const content = [toolResult(step, `${id}.${index}`)];
      const rest = rich ? { toolUseResult: structured(step) } : {};
      add({ type: 'user', message: { role: 'user', content }, ...rest }, helper);
    }
  };
  add({ type: 'user', message: { role: 'user', content: TASK } });
  /** The call of a helper gets its result when the helper is done. */
  let asked: Turn | undefined;
  for (const one of callsOf(steps)) {
    const { id, turn, helper } = one;
    if (!helper && asked) {
      addResults(asked);
      asked = undefined;
    }
    for (const [index, step] of turn.entries()) {
      const message = answer(`msg-${id}`, [toolUse(step, `${id}.${index}`)]);
      add({ type: 'assistant', requestId: `req-${id}`, message }, helper);
    }
    const prompt = turn.find(({ deed }) => deed.kind === 'delegate')?.done.args['prompt'];
    if (prompt === undefined) addResults(one);
    else {
      asked = one;
      below = null;
      add({ type: 'user', message: { role: 'user', content: prompt } }, true);
    }
  }
  if (asked) addResults(asked);
  return {
    files: { 'session.jsonl': lines.map((line) => JSON.stringify(line)).join('\n') },
    path: 'session.jsonl',
  };
}

/** The stream of `claude -p --output-format stream-json`: the same without directories. */
export const claudeStream: Writer = ({ steps }) => {
  const lines: JsonObject[] = [
    {
      type: 'system',
      subtype: 'init',
      cwd: '/app',
      session_id: SESSION,
      tools: ['Bash'],
      model: 'claude-sonnet-4-6',
      permissionMode: 'default',
      uuid: 'u-init',
    },
  ];
  const add = (record: JsonObject): void => {
    lines.push({ ...record, session_id: SESSION, uuid: `u-${lines.length}` });
  };
  let parent: string | null = null;
  for (const { id, turn, helper } of callsOf(steps)) {
    const above: string | null = helper ? parent : null;
    for (const [index, step] of turn.entries()) {
      const call = `${id}.${index}`;
      if (step.deed.kind === 'delegate') parent = `toolu_${call}`;
      add({
        type: 'assistant',
        message: answer(`msg-${id}`, [toolUse(step, call)]),
        parent_tool_use_id: above,
      });
    }
    for (const [index, step] of turn.entries()) {
      add({
        type: 'user',
        message: { role: 'user', content: [toolResult(step, `${id}.${index}`)] },
        parent_tool_use_id: above,
        ...(!helper && { tool_use_result: structured(step) }),
      });
    }
  }
  lines.push({
    type: 'result',
    subtype: 'success',
    is_error: false,
    num_turns: steps.length,
    result: 'Done.',
    session_id: SESSION,
    total_cost_usd: 0.1,
    usage: { input_tokens: 1, output_tokens: 1 },
  });
  return {
    files: { 'stream.jsonl': lines.map((line) => JSON.stringify(line)).join('\n') },
    path: 'stream.jsonl',
  };
};

interface Turn {
  readonly id: number;
  readonly turn: readonly RecordedStep[];
  readonly helper: boolean;
}

function callsOf(steps: readonly RecordedStep[]): Turn[] {
  return turnsOf(steps).map((turn, index) => ({
    id: index + 1,
    turn,
    helper: turn[0]?.deed.helper ?? false,
  }));
}

function answer(id: string, content: JsonObject[]): JsonObject {
  const usage = { input_tokens: 4, output_tokens: 3 };
  return {
    id,
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-6',
    content,
    stop_reason: null,
    usage,
  };
}

function toolUse({ done }: RecordedStep, id: string): JsonObject {
  return { type: 'tool_use', id: `toolu_${id}`, name: done.tool, input: done.args };
}

function toolResult({ done }: RecordedStep, id: string): JsonObject {
  return {
    tool_use_id: `toolu_${id}`,
    type: 'tool_result',
    content: shown(done),
    ...((done.failed || done.command !== undefined) && { is_error: done.failed }),
  };
}

function shown(done: RecordedStep['done']): string {
  if (done.command === undefined) return done.output;
  const text = cutMiddle(
    done.output.replace(/^(?:[ \t]*\n)+/, '').trimEnd(),
    LIMIT,
    (left) => `\n\n... [${left.split('\n').length} lines truncated] ...\n\n`,
  );
  if (done.timedOut) return `Exit code 143\nCommand timed out after 2m 0.0s${text === '' ? '' : ` ${text}`}`;
  if (!done.failed) return text;
  return `Exit code ${done.exitCode}${text === '' ? '' : `\n${text}`}`;
}

function structured({ done }: RecordedStep): unknown {
  if (done.failed) return `Error: ${shown(done).replace(/<\/?tool_use_error>/g, '')}`;
  if (done.command !== undefined)
    return { stdout: shown(done), stderr: '', interrupted: false, isImage: false, noOutputExpected: false };
  return done.result ?? {};
}

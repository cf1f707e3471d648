import { asString, at, isObject } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { Message } from '../../model/run.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { readContent } from '../shared/content-text.ts';
import { factsField } from '../shared/file-facts.ts';
import { NotedThread } from '../shared/noted-thread.ts';
import { renderAction } from '../shared/render-action.ts';
import { readTaskText } from '../terminus-2/task-prompt.ts';
import { readAction, type ToolAction } from './action.ts';
import { CallIds } from './call-ids.ts';
import { isContextPreamble } from './context-preamble.ts';
import { pairResults } from './pair-results.ts';
import { readExportedStep, readExportNote } from './read-exported.ts';
import { readMetrics, readSubagentRefs } from './read-record.ts';
import { readKeptFacts, readResultStatus } from './result-facts.ts';
import type { AtifStep, SubagentRef } from './schema.ts';
import { readTextActions } from './text-action.ts';
import { TurnTexts } from './turn-texts.ts';

/** A reference to a sub-agent's trajectory, with the call whose result holds it; no call for the harness's own. */
export interface MetRef {
  readonly ref: SubagentRef;
  readonly parent: PendingStep | undefined;
  readonly place: SourceRef;
}

/** How the harness answers a response that it could not read: nothing of it ran. */
const PARSE_ERROR = 'Previous response had parsing errors';

const AGENT_TOOLS = new Set(['Agent', 'Task']);

const SOURCES: readonly string[] = ['agent', 'user', 'system'];

/** Reads the steps of one trajectory, in order, into one thread of a run. */
export class ThreadReader {
  /** References to sub-agents met so far. */
  readonly refs: MetRef[] = [];
  usage: Usage | undefined;
  private readonly run: RunBuilder;
  private readonly thread: ThreadBuilder;
  private readonly main: boolean;
  private readonly noted: NotedThread;
  /** Latest time of a step so far: what is appended with an earlier one is out of order. */
  private latest: Millis | undefined;
  private turnTime: Millis | undefined;
  private readonly said = new TurnTexts();
  private readonly ids: CallIds;
  private readonly prompts = new Set<string>();
  private lastCall: PendingStep | undefined;
  private lastAgentCall: PendingStep | undefined;
  private sidechain: { readonly parent: PendingStep | undefined; readonly reader: ThreadReader } | undefined;

  constructor(run: RunBuilder, thread: ThreadBuilder) {
    this.run = run;
    this.thread = thread;
    this.main = thread === run;
    this.noted = new NotedThread(run, thread);
    this.ids = new CallIds(run.log);
  }

  read(step: AtifStep, place: SourceRef): void {
    const note = readExportNote(step);
    if (note) {
      readExportedStep(this.noted, step, note, place, (result, call, at) => this.addRefs(result, call, at));
      return;
    }
    if (this.main && at(step.extra, 'is_sidechain') === true) {
      this.readSidechain(step, place);
      return;
    }
    if (step.copied) {
      this.readCopied(step, place);
      return;
    }
    if (step.source === undefined || !SOURCES.includes(step.source)) {
      this.run.log.fold('unexpected-shape', 'warning', 'a step names no source that is known', place);
    }
    const time = toMillis(step.timestamp);
    if (step.source === 'agent') this.readAgent(step, time, place);
    else this.readOther(step, place);
    if (time !== undefined && (this.latest === undefined || time > this.latest)) this.latest = time;
  }

  private readSidechain(step: AtifStep, place: SourceRef): void {
    if (!this.sidechain || this.sidechain.parent !== this.lastAgentCall) {
      const branch = this.run.branch(this.lastAgentCall);
      this.sidechain = { parent: this.lastAgentCall, reader: new ThreadReader(this.run, branch) };
    }
    this.sidechain.reader.read(step, place);
    this.refs.push(...this.sidechain.reader.refs.splice(0));
  }

  /** Copied context is counted where it was first written; of a continuation's, only new text is kept. */
  private readCopied(step: AtifStep, place: SourceRef): void {
    this.run.log.fold('compacted-history', 'info', 'steps copied from another trajectory are not counted', {
      artifact: place.artifact,
    });
    if (!this.main) return;
    const { text } = readContent(step.message);
    if (text.trim() === '' || this.prompts.has(text)) return;
    const task = step.source === 'user' && this.takeTask(text, place);
    this.say(step.source === 'agent' ? 'assistant' : 'user', task ? 'prompt' : 'compaction', text, place);
  }

  /** A step of the user or of the harness. */
  private readOther(step: AtifStep, place: SourceRef): void {
    const at = within(place, 'message');
    const { text } = this.readText(step.message, at);
    this.turnTime = undefined;
    if (text.trim() !== '') {
      if (step.source === 'user') this.readUser(text, at);
      else {
        const opening = this.thread.calls.length === 0 && this.run.task === undefined;
        this.say(
          'system',
          opening ? 'prompt' : /summari[sz]/i.test(text) ? 'compaction' : 'notice',
          text,
          at,
        );
      }
    }
    for (const [index, result] of step.results.entries()) {
      const resultPlace = within(place, 'observation', 'results', index);
      this.addRefs(result, undefined, resultPlace);
      const { text } = this.readText(isObject(result) ? result.content : undefined, resultPlace);
      if (text.trim() !== '') this.say('environment', 'notice', text, resultPlace);
    }
  }

  private readUser(text: string, place: SourceRef): void {
    if (this.main) this.takeTask(text, place);
    else this.thread.prompt ??= text;
    this.say('user', 'prompt', text, place);
  }

  /** The first thing that a user asked for is the task. */
  private takeTask(text: string, place: SourceRef): boolean {
    if (this.run.task?.text !== undefined || isContextPreamble(text)) return false;
    this.run.task = { ...this.run.task, text: readTaskText(text) ?? text, place };
    return true;
  }

  private readAgent(step: AtifStep, time: Millis | undefined, place: SourceRef): void {
    this.run.model ??= step.modelName;
    const late = time !== undefined && this.latest !== undefined && time < this.latest;
    if (late && step.toolCalls.length > 0 && step.results.length === 0) {
      this.keepAbandoned(step, place);
      return;
    }
    if (late)
      this.run.log.fold('time-order', 'info', 'steps with a time before that of the step above them', {
        artifact: place.artifact,
      });
    this.beginTurn(step, time);
    this.noteDirectory(step.extra);
    this.think(step.reasoning, within(place, 'reasoning_content'));
    const at = within(place, 'message');
    const { text } = this.readText(step.message, at);
    if (step.toolCalls.length > 0) this.readCalls(step, text, time, place);
    else this.readUntooled(step, text, time, place);
  }

  /** The calls of an abandoned API attempt were appended after the run's end: they never ran. */
  private keepAbandoned(step: AtifStep, place: SourceRef): void {
    this.run.log.fold(
      'abandoned-call',
      'info',
      'calls without a result, appended out of time order: an abandoned attempt, not counted',
      { artifact: place.artifact },
      step.toolCalls.length,
    );
    const { text } = readContent(step.message);
    for (const said of [step.reasoning ?? '', text]) {
      if (said.trim() !== '') this.say('assistant', 'notice', said, place);
    }
    for (const [index, call] of step.toolCalls.entries()) {
      const { tool, args, action } = readAction(call);
      const text = args ? renderAction(tool, args) : action;
      this.say('assistant', 'notice', text, within(place, 'tool_calls', index));
    }
  }

  /** Exporters of sessions write one step per call: steps of one message share its time, the first has its usage. */
  private beginTurn(step: AtifStep, time: Millis | undefined): void {
    const usage = readMetrics(step.metrics);
    if (time !== undefined && time === this.turnTime && !usage) return;
    this.turnTime = time;
    this.said.beginTurn();
    this.usage = addUsage(this.usage, usage);
    this.thread.beginTurn(usage);
  }

  /** A record's directory is the one that the call before it left behind. */
  private noteDirectory(extra: unknown): void {
    const cwd = asString(at(extra, 'cwd'));
    if (cwd === undefined) return;
    if (this.main) this.run.initialCwd ??= cwd;
    const before = this.lastCall;
    if (before?.result && before.result.recordedCwd === undefined)
      before.result = { ...before.result, recordedCwd: cwd };
  }

  private readCalls(step: AtifStep, message: string, time: Millis | undefined, place: SourceRef): void {
    const first = step.toolCalls[0];
    const caption = `Executed ${asString(at(first, 'function_name'))} ${asString(at(first, 'tool_call_id'))}`;
    if (message === caption) this.say('environment', 'notice', message, within(place, 'message'));
    else this.think(message, within(place, 'message'));
    const ids = step.toolCalls.map((call) => asString(at(call, 'tool_call_id')));
    for (const id of ids) this.ids.note(id, place);
    const calls = step.toolCalls.map((call, index) =>
      this.call(readAction(call), time, within(place, 'tool_calls', index)),
    );
    this.readResults(step, calls, ids, place);
  }

  /** A message without calls: plain text, or actions that the export left as text and the harness executed. */
  private readUntooled(step: AtifStep, message: string, time: Millis | undefined, place: SourceRef): void {
    const at = within(place, 'message');
    const ran = step.results.some((result) => {
      const { text } = readContent(isObject(result) ? result.content : undefined);
      return text !== '' && !text.startsWith(PARSE_ERROR);
    });
    const found = ran ? readTextActions(message) : undefined;
    if (!found) {
      this.think(message, at);
      this.readResults(step, [], [], place);
      return;
    }
    for (const thought of found.thoughts) this.think(thought, at);
    const calls = found.actions.map((action) => this.call(action, time, at));
    this.readResults(step, calls, found.actions.map(noId), place);
  }

  private call(
    { tool, action, args }: ToolAction,
    startedAt: Millis | undefined,
    place: SourceRef,
  ): PendingStep {
    const step = this.thread.call({
      tool,
      action,
      ...(args && { args }),
      ...(startedAt !== undefined && { startedAt }),
      place,
    });
    this.said.called();
    this.lastCall = step;
    if (AGENT_TOOLS.has(tool)) this.lastAgentCall = step;
    return step;
  }

  private readResults(
    step: AtifStep,
    calls: readonly PendingStep[],
    ids: readonly (string | undefined)[],
    place: SourceRef,
  ): void {
    const resultIds = step.results.map((result) => asString(at(result, 'source_call_id')));
    const pairs = pairResults(ids, resultIds);
    for (const [index, result] of step.results.entries()) {
      const resultPlace = within(place, 'observation', 'results', index);
      const own = pairs[index];
      const call = own === undefined ? this.ids.takeEarlier(resultIds[index]) : calls[own];
      this.addRefs(result, call, resultPlace);
      const extra = isObject(at(result, 'extra')) ? at(result, 'extra') : step.extra;
      this.addResult(call, isObject(result) ? result.content : undefined, extra, resultPlace);
    }
    for (const [index, call] of calls.entries()) {
      if (call.result) continue;
      // One screen was recorded for several keystrokes: it stands on the last, the others ran all the same.
      if (resultIds.includes(undefined)) this.thread.result(call, { status: 'unknown' });
      else if (ids[index] !== undefined) this.ids.keepOpen(ids[index], call);
    }
  }

  private addResult(call: PendingStep | undefined, content: unknown, extra: unknown, place: SourceRef): void {
    const { text, images } = this.readText(content, place);
    if (call) {
      const facts = readResultStatus(text, extra);
      const recorded = content !== undefined && content !== null;
      const files = facts.status === 'error' ? {} : factsField(readKeptFacts(call, extra, place));
      this.thread.result(call, { ...facts, ...files, ...(recorded && { observation: text }), images, place });
      return;
    }
    if (text.trim() === '') return;
    const kind = text.startsWith(PARSE_ERROR) ? 'format-error' : 'reply';
    this.say('environment', kind, text, place);
  }

  private addRefs(result: unknown, parent: PendingStep | undefined, place: SourceRef): void {
    for (const ref of readSubagentRefs(result)) this.refs.push({ ref, parent, place });
  }

  private think(text: string | undefined, place: SourceRef): void {
    if (text !== undefined && this.said.take(text)) this.thread.think(text, place);
  }

  private readText(content: unknown, place: SourceRef): { text: string; images: readonly string[] } {
    const read = readContent(content);
    if (read.images.length > 0)
      this.run.log.fold(
        'left-out-image',
        'info',
        'images are kept by reference',
        {
          artifact: place.artifact,
        },
        read.images.length,
      );
    return read;
  }

  private say(role: Message['role'], kind: Message['kind'], text: string, place: SourceRef): void {
    if (role === 'user') this.prompts.add(text);
    this.thread.message({ role, kind, text, place });
  }
}

function noId(): undefined {
  return undefined;
}

/** A place inside a step. */
function within(place: SourceRef, ...keys: readonly (string | number)[]): SourceRef {
  return { ...place, pointer: `${place.pointer ?? ''}/${keys.join('/')}` };
}

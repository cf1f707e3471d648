import { asArray, asNumber, asObject, asString, at, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { CallFacts, PendingStep, ResultFacts } from '../../model/thread-builder.ts';
import { readContent } from '../shared/content-text.ts';
import { FaultWatch } from '../shared/fault-watch.ts';
import { renderAction } from '../shared/render-action.ts';
import { isEarlyEvent, toStreamEvent } from './early-stream.ts';
import { statusOfItem } from './read-output.ts';
import { readTokens, TokenCounter } from './token-counter.ts';

const CALLS = new Set([
  'command_execution',
  'file_change',
  'mcp_tool_call',
  'collab_tool_call',
  'web_search',
  'todo_list',
]);

/**
 * Reads the events of `codex exec --json`. Items begin, change and end under one id. Calls that are open at the same
 * time belong to one turn; a text, or a call after all others have ended, begins the next one.
 */
export class ExecStreamReader {
  private readonly run: RunBuilder;
  private readonly tokens = new TokenCounter();
  private readonly fault = new FaultWatch();
  private readonly steps = new Map<string, PendingStep>();
  private readonly open = new Set<string>();
  private readonly lists = new Map<string, string>();
  /** A call of the turn has ended: what comes next, when nothing is open, is a new answer. */
  private turnEnded = true;
  private sawEnd = false;

  constructor(run: RunBuilder) {
    this.run = run;
    run.agent = { name: 'codex' };
  }

  read(record: JsonObject, place: SourceRef): void {
    const event = isEarlyEvent(record) ? toStreamEvent(record) : record;
    if (event) this.readEvent(event, place);
    else this.readSettings(record, place);
  }

  /** Early streams begin with the settings and the prompt, and have events of the program between the others. */
  private readSettings(record: JsonObject, place: SourceRef): void {
    this.run.model ??= asString(record.model) ?? asString(at(record, 'msg', 'model'));
    this.run.initialCwd ??= asString(record.workdir);
    const text = asString(record.prompt);
    if (text === undefined || text.trim() === '') return;
    this.run.message({ role: 'user', kind: 'prompt', text, place: { ...place, pointer: '/prompt' } });
    this.run.task ??= { text, place: { ...place, pointer: '/prompt' } };
  }

  private readEvent(event: JsonObject, place: SourceRef): void {
    const type = asString(event.type) ?? '';
    if (type === 'tokens') {
      const total = readTokens(event.usage);
      if (total) this.tokens.noteTotal(total);
      return;
    }
    if (type === '') {
      if (event.item !== undefined)
        this.run.log.fold('unexpected-shape', 'warning', 'an event with an item names no kind', place);
      this.readSettings(event, place);
      return;
    }
    const item = asObject(event.item);
    if (type.startsWith('item.') && item) this.readItem(type, item, event, { ...place, pointer: '/item' });
    else if (type === 'turn.completed') {
      const total = readTokens(event.usage);
      if (total) this.tokens.noteTotal(total);
      this.run.exitStatus = type;
    } else if (type === 'turn.failed' || type === 'error') {
      const message = asString(at(event, 'error', 'message')) ?? asString(event.message) ?? type;
      this.run.message({ role: 'environment', kind: 'notice', text: message, place });
      this.fault.note(message, place);
      if (type === 'turn.failed') this.run.exitStatus = type;
    } else if (type !== 'thread.started' && type !== 'turn.started') {
      this.run.log.fold(
        'unknown-record',
        'info',
        `events of the kind ${type || '(none)'} were passed over`,
        place,
      );
    }
  }

  finish(): void {
    this.run.totalUsage = this.tokens.total();
    this.fault.finish(this.run);
  }

  private readItem(type: string, item: JsonObject, event: JsonObject, place: SourceRef): void {
    const kind = asString(item.type) ?? asString(item.item_type) ?? '';
    if (CALLS.has(kind)) this.readCall(type, kind, item, event, place);
    else if (
      kind === 'agent_message' ||
      kind === 'assistant_message' ||
      kind === 'reasoning' ||
      kind === 'plan'
    ) {
      // An item that only began, or grows, is written again when it is whole.
      if (type !== 'item.completed') return;
      if (this.open.size === 0) this.turnEnded = true;
      this.begin();
      this.fault.wentOn();
      this.run.think(asString(item.text), place);
    } else if (kind === 'error') {
      if (type !== 'item.completed') return;
      this.run.message({ role: 'environment', kind: 'notice', text: asString(item.message) ?? '', place });
    } else
      this.run.log.fold(
        'unknown-record',
        'info',
        `items of type ${kind || '(none)'} were passed over`,
        place,
      );
  }

  private begin(): void {
    if (!this.turnEnded) return;
    this.turnEnded = false;
    this.run.beginTurn();
  }

  private readCall(type: string, kind: string, item: JsonObject, event: JsonObject, place: SourceRef): void {
    const id = asString(item.id) ?? '';
    let step = this.steps.get(id);
    const list = kind === 'todo_list' ? JSON.stringify(item.items) : undefined;
    // Every new state of the list is a call of its own; its end, when the turn ends, repeats the last one.
    const isNew = !step || (list !== undefined && this.lists.get(id) !== list);
    if (isNew) {
      if (this.open.size === 0 && this.run.calls.length > 0) this.turnEnded = this.turnEnded || this.sawEnd;
      this.begin();
      step = this.run.call(callFacts(kind, item, event, place));
      this.steps.set(id, step);
      if (list !== undefined) this.lists.set(id, list);
      this.open.add(id);
      this.sawEnd = false;
    }
    if (!step || (type !== 'item.completed' && list === undefined)) return;
    this.open.delete(id);
    this.sawEnd = true;
    if (list === undefined || isNew) this.run.result(step, resultFacts(kind, item, event, place));
  }
}

function callFacts(kind: string, item: JsonObject, event: JsonObject, place: SourceRef): CallFacts {
  const startedAt = toMillis(event.timestamp);
  const { tool, args } = toolOf(kind, item);
  const command = kind === 'command_execution' ? asString(item.command) : undefined;
  return {
    tool,
    action: command ?? renderAction(tool, args),
    ...(args && { args }),
    ...(startedAt !== undefined && { startedAt }),
    place,
  };
}

function toolOf(kind: string, item: JsonObject): { tool: string; args: JsonObject | undefined } {
  switch (kind) {
    case 'command_execution':
      return { tool: 'shell', args: { command: item.command } };
    case 'file_change':
      return { tool: 'apply_patch', args: { changes: item.changes } };
    case 'mcp_tool_call':
      return {
        tool: `${asString(item.server) ?? 'mcp'}.${asString(item.tool) ?? ''}`,
        args: asObject(item.arguments),
      };
    case 'collab_tool_call':
      return {
        tool: asString(item.tool) ?? kind,
        args: {
          ...(typeof item.prompt === 'string' && { prompt: item.prompt }),
          receivers: item.receiver_thread_ids,
        },
      };
    case 'web_search':
      return { tool: 'web_search', args: asObject(item.action) ?? { query: item.query } };
    default:
      return { tool: 'update_plan', args: { items: item.items } };
  }
}

function resultFacts(kind: string, item: JsonObject, event: JsonObject, place: SourceRef): ResultFacts {
  const endedAt = toMillis(event.timestamp);
  const exitCode = asNumber(item.exit_code);
  const observation = shownBy(kind, item);
  const known = statusOfItem(item);
  const quiet = kind === 'todo_list' || (kind === 'web_search' && known === 'unknown');
  return {
    ...(observation !== undefined && { observation }),
    ...(exitCode !== undefined && { exitCode }),
    status:
      exitCode !== undefined && known !== 'rejected'
        ? exitCode === 0
          ? 'ok'
          : 'error'
        : quiet
          ? 'ok'
          : known,
    ...(endedAt !== undefined && { endedAt }),
    place,
  };
}

function shownBy(kind: string, item: JsonObject): string | undefined {
  if (kind === 'command_execution') return asString(item.aggregated_output);
  if (kind === 'collab_tool_call')
    return item.agents_states === undefined ? undefined : renderAction('', item.agents_states).trimStart();
  if (kind !== 'mcp_tool_call') return undefined;
  const failure = asString(at(item, 'error', 'message'));
  const blocks = asArray(at(item, 'result', 'content'));
  return failure ?? (blocks ? readContent(blocks).text : undefined);
}

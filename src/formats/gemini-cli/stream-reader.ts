import { asObject, asString, asText, at, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { readTokens } from './read-tokens.ts';
import { Talk } from './talk.ts';
import { unwrapConsole } from './unwrap-console.ts';

/** Reads the events of `--output-format stream-json`. Text comes in pieces; what comes after a result is a new answer. */
export class StreamReader {
  private readonly run: RunBuilder;
  private readonly talk: Talk;
  private said: { text: string; readonly place: SourceRef } | undefined;
  private answering = false;

  constructor(run: RunBuilder) {
    this.run = run;
    this.talk = new Talk(run, run);
    run.agent = { name: 'gemini-cli' };
  }

  read(record: JsonObject, place: SourceRef): void {
    if (record.type === 'console' || record.type === 'network') {
      const event = unwrapConsole(record);
      // What an activity log has besides says nothing of what the agent did.
      if (event) this.readEvent(event, { ...place, pointer: '/payload/content' });
    } else this.readEvent(record, place);
  }

  finish(): void {
    this.flush();
  }

  private readEvent(event: JsonObject, place: SourceRef): void {
    const time = toMillis(event.timestamp);
    if (time !== undefined) {
      this.run.startedAt ??= time;
      this.run.endedAt = time;
    }
    const isText = event.type === 'message' && event.role === 'assistant';
    if (!isText) this.flush();
    switch (event.type) {
      case 'init':
        this.run.model ??= asString(event.model);
        return;
      case 'message':
        return this.readMessage(event, place);
      case 'tool_use':
        this.answer();
        this.talk.call(
          asString(event.tool_name) ?? '',
          asObject(event.parameters),
          asString(event.tool_id),
          time,
          place,
        );
        return;
      case 'tool_result':
        this.answering = false;
        return this.talk.result(asString(event.tool_id), responseOf(event), time, place);
      case 'error':
        this.talk.notice(asString(event.message), place);
        return;
      case 'result':
        return this.readEnd(event, place);
      default:
        this.run.log.fold(
          'unknown-record',
          'info',
          `events of the kind ${asText(event.type) ?? 'without a name'} were passed over`,
          place,
        );
    }
  }

  private readMessage(event: JsonObject, place: SourceRef): void {
    const text = asString(event.content) ?? '';
    if (event.role !== 'assistant') {
      this.answering = false;
      this.talk.userText(text, place);
    } else if (event.delta === true && this.said) this.said.text += text;
    else {
      this.flush();
      this.said = { text, place };
    }
  }

  private flush(): void {
    const { said } = this;
    this.said = undefined;
    if (!said) return;
    this.answer();
    this.run.think(said.text, said.place);
  }

  private answer(): void {
    if (!this.answering) this.run.beginTurn();
    this.answering = true;
  }

  private readEnd(event: JsonObject, place: SourceRef): void {
    this.run.exitStatus = asString(event.status);
    this.run.totalUsage = readTokens(event.stats);
    const failure = asString(at(event, 'error', 'message'));
    if (failure === undefined) return;
    this.talk.notice(failure, place);
    const limit = /turn|limit/i.test(asString(at(event, 'error', 'type')) ?? '');
    this.run.exceptions.push({ kind: limit ? 'limit' : 'api', message: failure, place });
  }
}

/** As the model gets it: `output`, or `error`. */
function responseOf(event: JsonObject): JsonObject {
  const failure = asString(at(event, 'error', 'message'));
  const output = asString(event.output);
  if (event.status === 'error') {
    const texts = new Set([output, failure].filter((text) => text !== undefined && text !== ''));
    return { error: [...texts].join('\n') };
  }
  return { output: output ?? '' };
}

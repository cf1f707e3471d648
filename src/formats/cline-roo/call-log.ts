import { asString, type JsonObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ArtifactReader } from '../port.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { parseArguments, renderAction } from '../shared/render-action.ts';
import { parseCalls } from './parse-calls.ts';
import { type LogEntry, readCallLog } from './read-call-log.ts';
import { SHELL, TOOL_NAMES } from './tool-names.ts';

/** What the log writes in place of a result. */
const NO_RESULT = new Set(['tool use recorded', '']);

/** A conversation log: calls, answers and prompts, one a line. It holds no results. */
export async function extractCallLog(run: RunBuilder, reader: ArtifactReader, file: string): Promise<void> {
  const log = new CallLog(run);
  let session: string | undefined;
  for await (const batch of readFileRecords(reader, file, run.log)) {
    for (const { value, line } of batch) {
      const place = { artifact: file, line: line.line };
      const entry = readCallLog(value);
      if (!entry) {
        run.log.fold('unknown-record', 'info', 'a record is neither message nor call', place);
        continue;
      }
      if (session !== undefined && entry.session !== session) {
        run.log.fold('several-sessions', 'warning', 'a record of another session', place);
      }
      session ??= entry.session;
      run.startedAt ??= entry.at;
      log.read(entry, place);
    }
  }
  log.finish();
}

interface Waiting {
  readonly tool: string;
  readonly raw: string;
  readonly place: SourceRef;
}

/** An answer stands before its calls or after the first of them: calls wait for it, and it for them. */
class CallLog {
  private readonly run: RunBuilder;
  private early: { entry: LogEntry; place: SourceRef } | undefined;
  private written: Waiting[] = [];

  constructor(run: RunBuilder) {
    this.run = run;
  }

  read(entry: LogEntry, place: SourceRef): void {
    if (entry.kind === 'user_message') this.readPrompt(entry, place);
    else if (entry.kind === 'ai_response') this.readAnswer(entry, place);
    else this.readCall(entry, place);
  }

  finish(): void {
    this.callEarly();
    this.keepWritten();
  }

  private readPrompt(entry: LogEntry, place: SourceRef): void {
    this.finish();
    const at = { ...place, pointer: '/content' };
    if (entry.text.trim() === '') return;
    if (this.run.calls.length === 0) this.run.task ??= { text: entry.text, place: at };
    this.run.message({ role: 'user', kind: 'prompt', text: entry.text, place: at });
  }

  private readAnswer(entry: LogEntry, place: SourceRef): void {
    const parts = parseCalls(entry.text, TOOL_NAMES, new Set());
    const calls = parts.flatMap((part) => (part.kind === 'call' ? [part] : []));
    const { early } = this;
    const own = early && calls.some(({ tool }) => tool === early.entry.tool);
    if (!own) this.callEarly();
    this.keepWritten();
    this.run.beginTurn();
    for (const part of parts) {
      if (part.kind === 'text') this.run.think(part.text, { ...place, pointer: '/content' });
    }
    this.written = calls.map(({ tool, raw }) => ({ tool, raw, place }));
    if (own) {
      this.early = undefined;
      this.takeWritten(early.entry);
      this.call(early.entry, early.place);
    }
  }

  private readCall(entry: LogEntry, place: SourceRef): void {
    this.callEarly();
    if (this.takeWritten(entry)) this.call(entry, place);
    else this.early = { entry, place };
  }

  private takeWritten({ tool }: LogEntry): boolean {
    const index = this.written.findIndex((waiting) => waiting.tool === tool);
    if (index >= 0) this.written.splice(index, 1);
    return index >= 0;
  }

  /** A call that no answer came for. */
  private callEarly(): void {
    const { early } = this;
    this.early = undefined;
    if (!early) return;
    this.run.beginTurn();
    this.call(early.entry, early.place);
  }

  /** Calls that were written but of which no record tells: the agent's words all the same. */
  private keepWritten(): void {
    for (const { raw, place } of this.written.splice(0)) {
      this.run.think(raw, { ...place, pointer: '/content' });
      this.run.log.fold('abandoned-call', 'info', 'a call was written but none was recorded', place);
    }
  }

  private call(entry: LogEntry, place: SourceRef): void {
    const tool = entry.tool ?? 'unknown';
    const args: JsonObject = parseArguments(entry.args) ?? {};
    const command = tool === SHELL ? asString(args.command) : undefined;
    const step = this.run.call({
      tool,
      action: command ?? renderAction(tool, args),
      args,
      ...(entry.at !== undefined && { startedAt: entry.at }),
      place: { ...place, pointer: '/parameters' },
    });
    const result = typeof entry.result === 'string' ? entry.result : undefined;
    if (result !== undefined && !NO_RESULT.has(result)) {
      this.run.result(step, { observation: result, place: { ...place, pointer: '/result' } });
    } else this.run.result(step, { status: 'unknown' });
  }
}

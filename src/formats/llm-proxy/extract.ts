import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import { addUsage } from '../../model/usage.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { type Conversation, linePlace } from './conversation.ts';
import { Conversations } from './conversations.ts';
import { readRecord } from './read-record.ts';

/** One run per conversation; one that a call of another started is a branch of that one's run. */
export async function* extractProxyLog({ entry, reader, path }: ExtractInput): AsyncGenerator<RunBuilder> {
  const log = new DiagnosticLog();
  const conversations = new Conversations(path);
  for await (const batch of readFileRecords(reader, entry.path, log)) {
    for (const { value, line } of batch) {
      const record = readRecord(value);
      const place = { artifact: entry.path, line: line.line };
      if (record?.response && !record.response.message && !record.response.error)
        log.fold('unexpected-shape', 'warning', 'a response holds neither answer nor error', place);
      if (!record) log.fold('unknown-record', 'info', 'a record is no exchange with a model', place);
      else if (!conversations.read(record, linePlace(entry.path, line.line))) {
        log.fold('unexpected-shape', 'warning', 'a response answers no request that was seen', place);
      }
    }
  }
  for (const conversation of conversations.all) conversation.finish();
  const main = joinAsides(conversations.all);
  const runs = new Set(main.map(({ run }) => run));
  if (runs.size === 0) runs.add(new RunBuilder({ format: 'llm-proxy', path }));
  let isFirst = true;
  for (const run of runs) {
    run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
    if (isFirst) run.log.addAll(log.list());
    isFirst = false;
    yield run;
  }
}

/**
 * Agents ask for small things beside their work: a title, a summary, whether a command is safe. A conversation of one
 * exchange without calls becomes a branch of the agent's run before it, where the log holds an agent at all.
 */
function joinAsides(all: readonly Conversation[]): Conversation[] {
  const kept: Conversation[] = [];
  let agent = all.find(isAgent);
  for (const conversation of all) {
    if (isAgent(conversation)) agent = conversation;
    const { thread, run, answers, requests } = conversation;
    if (!agent || isAgent(conversation) || thread !== run || answers !== 1 || requests !== 1) {
      kept.push(conversation);
      continue;
    }
    const prompt = thread.prompt;
    const aside = agent.run.branch(undefined, { name: 'aside', ...(prompt !== undefined && { prompt }) });
    for (const { message } of thread.messages) aside.message(message);
    for (const { text, place } of thread.trailingTexts) aside.think(text, place);
    agent.run.totalUsage = addUsage(agent.run.totalUsage, run.totalUsage);
    agent.run.exceptions.push(...run.exceptions);
    agent.run.log.addAll(run.log.list());
  }
  return kept;
}

function isAgent({ thread }: Conversation): boolean {
  return thread.calls.length > 0;
}

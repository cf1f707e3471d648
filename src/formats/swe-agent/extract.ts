import { asString, at, pointer } from '../../base/json.ts';
import { baseName, dirName } from '../../base/path.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { Usage } from '../../model/usage.ts';
import type { ExtractInput } from '../format.ts';
import type { JsonElement } from '../port.ts';
import { kindOfExit } from './exit-status.ts';
import { AnswerMatcher, type HistoryAnswer, HistoryReader } from './history.ts';
import { parseLoose, readElement, statusOfObservation } from './read-element.ts';
import { restOfResponse } from './rest-of-response.ts';
import { readSweHeader, type SweHeader } from './schema.ts';
import { toolOfAction } from './tools.ts';

/** One run: every element of `trajectory` is a step; the history adds prompts and structured arguments. */
export async function* extractSweAgent({ reader, entry, path }: ExtractInput): AsyncIterable<RunBuilder> {
  const run = new RunBuilder({ format: 'swe-agent', path });
  const artifact = entry.path;
  run.artifact({ path: artifact, size: entry.size, use: 'steps' });
  run.agent = { name: 'swe-agent' };
  const document = await reader.json(artifact, ['trajectory', 'history']);
  if (!document) {
    run.log.add('missing-artifact', 'error', `${artifact} can't be read`, { artifact });
    yield run;
    return;
  }
  const hasSteps = Array.isArray(at(document.value, 'trajectory'));
  const header = readSweHeader(document.value);
  takeNames(run, artifact, (await reader.stat(dirName(artifact)))?.name ?? '');
  const history = new HistoryReader(run, artifact, !hasSteps);
  for await (const batch of document.elements('history')) for (const entry of batch) history.read(entry);
  takeConfig(run, header);
  const matcher = new AnswerMatcher(history.answers);
  for await (const batch of document.elements('trajectory')) {
    for (const element of batch) readStep(run, artifact, element, matcher);
  }
  if (hasSteps) keepUnmatched(run, artifact, matcher.rest());
  else run.log.add('unexpected-shape', 'warning', 'the document has no trajectory', { artifact });
  takeEnding(run, artifact, header, hasSteps);
  run.log.addAll(document.diagnostics);
  yield run;
}

/** File and folder names are records too: `<model>__<data set>__<config>__t-…__c-…/<instance>.traj`. */
function takeNames(run: RunBuilder, artifact: string, folder: string): void {
  run.task = { id: baseName(artifact).replace(/\.traj$/, '') };
  const model = /^([^_](?:(?!__).)*)__.*__t-\d/.exec(folder)?.[1];
  if (model !== undefined && model !== 'replay' && model !== 'human_thought') run.model = model;
}

function takeConfig(run: RunBuilder, header: SweHeader): void {
  const config = parseLoose(header.replay_config);
  const { swe_agent_version: version } = header.info ?? {};
  if (version !== undefined) run.agent = { name: 'swe-agent', version };
  const model =
    asString(at(config, 'agent', 'model', 'name')) ?? asString(at(config, 'agent', 'model', 'model_name'));
  if (model !== undefined && model !== 'replay' && model !== 'human_thought') run.model = model;
  const statement = at(config, 'problem_statement');
  const id = asString(at(statement, 'id'));
  const text = asString(at(statement, 'text'));
  if (id !== undefined) run.task = { ...run.task, id };
  if (run.task?.text === undefined && text !== undefined) run.task = { ...run.task, text };
  if (header.attempts && header.attempts.length > 1) {
    const count = `${header.attempts.length} attempts`;
    run.log.add(
      'several-sessions',
      'info',
      `the document holds ${count}; the steps are those of the chosen one`,
    );
  }
}

function readStep(
  run: RunBuilder,
  artifact: string,
  { index, value }: JsonElement,
  matcher: AnswerMatcher,
): void {
  const at = (...keys: string[]) => ({ artifact, pointer: pointer('trajectory', index, ...keys) });
  const element = readElement(value);
  if (!element)
    run.log.fold('unexpected-shape', 'warning', 'an element of the trajectory is no object', at());
  const { action = '', thought = '', response = '', observation, cwd } = element ?? {};
  const { answer, skipped } = matcher.match(action);
  keepUnmatched(run, artifact, skipped);
  run.think(thought, at('thought'));
  for (const text of restOfResponse(response, thought, action)) run.think(text, at('response'));
  run.beginTurn();
  const step = run.call({
    tool: answer?.tool ?? toolOfAction(action),
    action,
    ...(answer?.args && { args: answer.args }),
    place: at('action'),
  });
  run.result(step, {
    ...(observation !== undefined && { observation, place: at('observation') }),
    status: observation === undefined ? 'unknown' : statusOfObservation(observation),
    ...(cwd !== undefined && { recordedCwd: cwd }),
  });
}

/** Answers that led to no step (asked for again) stand in the history alone. */
function keepUnmatched(run: RunBuilder, artifact: string, answers: readonly HistoryAnswer[]): void {
  for (const { text, place } of answers) {
    if (text.trim() === '') continue;
    run.message({
      role: 'assistant',
      kind: 'notice',
      text,
      place: { artifact, pointer: `${place}/content` },
    });
  }
}

function takeEnding(run: RunBuilder, artifact: string, { info }: SweHeader, hasSteps: boolean): void {
  const { exit_status: status, submission, model_stats: stats } = info ?? {};
  if (submission !== undefined) {
    run.submission = { text: submission, place: { artifact, pointer: '/info/submission' } };
  }
  if (stats) {
    const usage: { -readonly [K in keyof Usage]: Usage[K] } = {};
    if (stats.tokens_sent !== undefined) usage.inputTokens = stats.tokens_sent;
    if (stats.tokens_received !== undefined) usage.outputTokens = stats.tokens_received;
    if (stats.instance_cost !== undefined) usage.costUsd = stats.instance_cost;
    run.totalUsage = usage;
  }
  if (status !== undefined) {
    run.exitStatus = status;
    const kind = kindOfExit(status);
    const place = { artifact, pointer: '/info/exit_status' };
    if (kind !== undefined) run.exceptions.push({ kind, message: status, place });
  } else if (info && hasSteps) {
    // The harness writes a status whenever a run ends in order.
    const message = 'no exit status was recorded: the run did not end in order';
    run.exceptions.push({ kind: 'crash', message, place: { artifact, pointer: '/info' } });
  }
}

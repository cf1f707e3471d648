import { asArray, asString, at, pointer } from '../../base/json.ts';
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

/**
 * One run: every element of `trajectory` is a step; the history adds prompts and structured arguments. A document of the
 * retrying agent that was cut off before it chose holds attempts alone: each of them is a run.
 */
export async function* extractSweAgent({ reader, entry, path }: ExtractInput): AsyncIterable<RunBuilder> {
  const artifact = entry.path;
  const folder = (await reader.stat(dirName(artifact)))?.name ?? '';
  const start = (suffix: string): RunBuilder => {
    const run = new RunBuilder({ format: 'swe-agent', path: path + suffix });
    run.artifact({ path: artifact, size: entry.size, use: 'steps' });
    run.agent = { name: 'swe-agent' };
    takeNames(run, artifact, folder);
    return run;
  };
  const document = await reader.json(artifact, ['trajectory', 'history']);
  if (!document) {
    const run = start('');
    run.log.add('missing-artifact', 'error', `${artifact} can't be read`, { artifact });
    yield run;
    return;
  }
  const { value } = document;
  const attempts = at(value, 'trajectory') === undefined ? asArray(at(value, 'attempts')) : undefined;
  if (attempts && attempts.length > 0) {
    for (const [index, attempt] of attempts.entries()) {
      const run = start(`#attempt-${index + 1}`);
      const root = pointer('attempts', index);
      const elements = (key: string) => batchesOf(asArray(at(attempt, key)) ?? []);
      await readDocument(run, { artifact, root, value: attempt, elements });
      run.log.addAll(document.diagnostics);
      yield run;
    }
    return;
  }
  const run = start('');
  await readDocument(run, { artifact, root: '', value, elements: (key) => document.elements(key) });
  run.log.addAll(document.diagnostics);
  yield run;
}

/** A document, or an attempt inside one; `root` points to it. */
interface SweDocument {
  readonly artifact: string;
  readonly root: string;
  readonly value: unknown;
  elements(key: string): AsyncIterable<readonly JsonElement[]>;
}

async function* batchesOf(values: readonly unknown[]): AsyncGenerator<readonly JsonElement[]> {
  yield values.map((value, index) => ({ index, value }));
}

async function readDocument(run: RunBuilder, document: SweDocument): Promise<void> {
  const { artifact, root, value } = document;
  const hasSteps = Array.isArray(at(value, 'trajectory'));
  const header = readSweHeader(value);
  const history = new HistoryReader(run, { artifact, pointer: root }, !hasSteps);
  for await (const batch of document.elements('history')) for (const entry of batch) history.read(entry);
  takeConfig(run, header);
  const matcher = new AnswerMatcher(history.answers);
  for await (const batch of document.elements('trajectory')) {
    for (const element of batch) readStep(run, document, element, matcher);
  }
  if (hasSteps) keepUnmatched(run, artifact, matcher.rest());
  else run.log.add('unexpected-shape', 'warning', 'the document has no trajectory', { artifact });
  takeEnding(run, document, header, hasSteps);
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
  { artifact, root }: SweDocument,
  { index, value }: JsonElement,
  matcher: AnswerMatcher,
): void {
  const at = (...keys: string[]) => ({ artifact, pointer: root + pointer('trajectory', index, ...keys) });
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

function takeEnding(
  run: RunBuilder,
  { artifact, root }: SweDocument,
  { info }: SweHeader,
  hasSteps: boolean,
): void {
  const { exit_status: status, submission, model_stats: stats } = info ?? {};
  if (submission !== undefined) {
    run.submission = { text: submission, place: { artifact, pointer: `${root}/info/submission` } };
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
    const place = { artifact, pointer: `${root}/info/exit_status` };
    if (kind !== undefined) run.exceptions.push({ kind, message: status, place });
  } else if (info && hasSteps) {
    // The harness writes a status whenever a run ends in order.
    const message = 'no exit status was recorded: the run did not end in order';
    run.exceptions.push({ kind: 'crash', message, quote: '', place: { artifact, pointer: `${root}/info` } });
  }
}

import { joinPath } from '../../base/path.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import type { ExtractInput } from '../format.ts';
import type { ArtifactReader } from '../port.ts';
import { type Episode, listEpisodes } from './episodes.ts';
import { isHandover, parsePrompt } from './parse-prompt.ts';
import { parseTerminusResponse } from './parse-response.ts';
import { readDebug } from './read-debug.ts';
import type { TerminusResponse } from './response.ts';
import { readTaskText } from './task-prompt.ts';

/** One run: every entry of `commands`, across the episodes in numeric order. */
export async function* extractTerminus2({ reader, entry, path }: ExtractInput): AsyncIterable<RunBuilder> {
  const run = new RunBuilder({ format: 'terminus-2', path });
  run.agent = { name: 'terminus-2' };
  const episodes = await listEpisodes(reader, entry.path);
  let before: readonly PendingStep[] = [];
  let prompt = episodes[0] && (await readText(run, reader, joinPath(episodes[0].folder, 'prompt.txt')));
  for (const [index, episode] of episodes.entries()) {
    // What a prompt shows belongs to the episode right before it; over a gap that one is not known.
    if (noteGap(run, episodes[index - 1], episode)) before = [];
    if (prompt !== undefined) readPrompt(run, prompt, episode, index === 0, before);
    const next = episodes[index + 1];
    prompt = next && (await readText(run, reader, joinPath(next.folder, 'prompt.txt')));
    const follows = next?.number === episode.number + 1;
    const rejected = follows && prompt !== undefined && parsePrompt(prompt).rejected;
    before = await readResponse(run, reader, episode, rejected);
  }
  yield run;
}

/** Reports episodes that are missing before this one. */
function noteGap(run: RunBuilder, previous: Episode | undefined, episode: Episode): boolean {
  const expected = previous ? previous.number + 1 : 0;
  if (episode.number === expected) return false;
  const missing = previous ? `after episode ${previous.number}` : 'at the start';
  run.log.add('missing-artifact', 'warning', `episodes are missing ${missing}`, {
    artifact: episode.folder,
  });
  return true;
}

/** Stands before the terminal's output where the agent said that it was done: a label, no text. */
const STATE_LABEL = 'Current terminal state:';

/** A prompt shows what the last command of the episode before made of the terminal. */
function readPrompt(
  run: RunBuilder,
  text: string,
  episode: Episode,
  first: boolean,
  before: readonly PendingStep[],
): void {
  const artifact = joinPath(episode.folder, 'prompt.txt');
  if (first) {
    const task = readTaskText(text);
    if (task !== undefined) run.task = { text: task, place: { artifact } };
    run.message({ role: 'user', kind: 'prompt', text, place: { artifact } });
    return;
  }
  const { output, preface, rejected, timedOut } = parsePrompt(text);
  const last = before.at(-1);
  if (rejected) {
    run.message({ role: 'environment', kind: 'format-error', text, place: { artifact } });
    return;
  }
  if (preface.trim() !== '' && preface.trim() !== STATE_LABEL) {
    const handover = isHandover(preface);
    const warning = preface.startsWith('Previous response had warnings');
    const kind = handover ? 'compaction' : warning ? 'format-error' : 'notice';
    run.message({ role: handover ? 'user' : 'environment', kind, text: preface, place: { artifact } });
  }
  if (!output) return;
  const place = { artifact, line: output.line };
  if (last) run.result(last, { observation: output.text, ...(timedOut && { status: 'timeout' }), place });
  else run.message({ role: 'environment', kind: 'reply', text: output.text, place });
}

/** The commands of an episode as calls; none when the harness refused the response. */
async function readResponse(
  run: RunBuilder,
  reader: ArtifactReader,
  episode: Episode,
  rejected: boolean,
): Promise<PendingStep[]> {
  const artifact = joinPath(episode.folder, 'response.txt');
  const text = await readText(run, reader, artifact);
  const log = await readDebug(reader, joinPath(episode.folder, 'debug.json'));
  run.model ??= log.model;
  run.beginTurn(log.usage);
  if (text === undefined) return [];
  const response = parseTerminusResponse(text);
  if (rejected) {
    // The words of a refused response were said all the same; its commands never ran.
    run.think(text, { artifact });
    return [];
  }
  reportProblem(run, response, artifact);
  for (const thought of response.thoughts) run.think(thought, { artifact });
  const calls = response.commands.map(({ keystrokes, args, place }) =>
    run.call({
      tool: 'bash_command',
      action: keystrokes,
      args,
      ...(log.at !== undefined && { startedAt: log.at }),
      place: { artifact, ...place },
    }),
  );
  // One screen is recorded for all commands of an episode and belongs to the last: the others have none of their own.
  for (const call of calls.slice(0, -1)) run.result(call, { status: 'unknown' });
  return calls;
}

function reportProblem(run: RunBuilder, response: TerminusResponse, artifact: string): void {
  if (response.problem === undefined) return;
  run.log.add('malformed-json', 'warning', response.problem, { artifact });
}

/** A text with its artifact noted. */
async function readText(run: RunBuilder, reader: ArtifactReader, path: string): Promise<string | undefined> {
  const content = await reader.text(path);
  if (!content) {
    run.log.add('missing-artifact', 'warning', `${path} is not there`, { artifact: path });
    return undefined;
  }
  const size = (await reader.stat(path))?.size;
  run.artifact({ path, use: 'steps', ...(size !== undefined && { size }) });
  run.log.addAll(content.diagnostics);
  return content.text;
}

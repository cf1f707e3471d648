import { joinPath } from '../../base/path.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import type { ArtifactReader } from '../port.ts';
import { isPointer } from './step-artifacts.ts';

/**
 * A trial whose agent left nothing that is understood: a run without steps. What was typed into the terminal
 * (`commands.txt`) are the harness's keys, never the agent's, so nothing is counted; the screen that the agent left
 * is kept as a notice.
 */
export async function* extractTrial(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { entry, reader } = input;
  const run = new RunBuilder({ format: 'terminal-bench-1', path: input.path });
  const recording = joinPath(entry.path, 'sessions/agent.cast');
  const why = await explain(recording, reader);
  run.log.add('missing-recording', 'warning', `${why}, so the agent's steps are unknown`, {
    artifact: recording,
  });
  const pane = joinPath(entry.path, 'panes/post-agent.txt');
  const screen = await reader.text(pane);
  if (screen && screen.text.trim() !== '') {
    run.artifact({ path: pane, use: 'enrichment' });
    run.message({ role: 'environment', kind: 'notice', text: screen.text, place: { artifact: pane } });
  }
  yield run;
}

async function explain(recording: string, reader: ArtifactReader): Promise<string> {
  const entry = await reader.stat(recording);
  if (!entry) return 'the trial has no recording of the agent';
  if (await isPointer(recording, reader)) return 'only a Git-LFS pointer of the recording was stored';
  if (entry.size === 0) return 'the recording of the agent is empty';
  return 'the recording holds no agent whose output is known';
}

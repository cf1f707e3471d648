import { asString, pointer } from '../../base/json.ts';
import { dirName, joinPath } from '../../base/path.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFinalWords, readTask } from './read-task.ts';
import { StepsReader } from './steps-reader.ts';

/** The run of a `steps.json`; a `task.md` beside it gives the task. */
export async function* extractSteps({ reader, entry, path }: ExtractInput): AsyncGenerator<RunBuilder> {
  const run = new RunBuilder({ format: 'codetracer-steps', path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  const steps = new StepsReader(run);
  const document = await reader.json(entry.path, ['']);
  for await (const batch of document?.elements('') ?? []) {
    for (const { index, value } of batch)
      steps.read(value, { artifact: entry.path, pointer: pointer(index) });
  }
  run.log.addAll(document?.diagnostics ?? []);
  const taskFile = joinPath(dirName(entry.path), 'task.md');
  const content = await reader.text(taskFile);
  if (content) {
    const size = (await reader.stat(taskFile))?.size;
    run.artifact({ path: taskFile, use: 'enrichment', ...(size !== undefined && { size }) });
    const page = asString(content.text) ?? '';
    run.task = readTask(page, { artifact: taskFile });
    const words = readFinalWords(page, { artifact: taskFile });
    // Words after the last call are the run's last.
    if (words) run.think(words.text, words.place);
    run.log.addAll(content.diagnostics);
  }
  const ranges = await reader.stat(joinPath(dirName(entry.path), 'stage_ranges.json'));
  // Stages are derived from the steps, always anew.
  if (ranges) run.artifact({ path: ranges.path, size: ranges.size, use: 'unread' });
  yield run;
}

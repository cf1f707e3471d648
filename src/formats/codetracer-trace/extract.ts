import { CodetracerError } from '../../base/error.ts';
import { checkIntegrity } from '../../model/integrity.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import { isNewerTrace, readTrace } from '../../model/trace-file.ts';
import type { ExtractInput } from '../format.ts';
import { mendRun } from './mend-run.ts';
import { RecordedRun } from './recorded-run.ts';

/** The run that a `trace.json` of ours holds, as it was written. */
export async function* extractTrace({ reader, entry, path }: ExtractInput): AsyncGenerator<RunBuilder> {
  const place = { artifact: entry.path };
  const document = await reader.json(entry.path, ['steps']);
  const steps: unknown[] = [];
  for await (const batch of document?.elements('steps') ?? [])
    for (const { value } of batch) steps.push(value);
  const damage = document?.diagnostics ?? [];
  try {
    const recorded = readTrace(document?.value, steps);
    const isSound = checkIntegrity(recorded).length === 0;
    const kept = isSound ? recorded : mendRun(recorded);
    if (!kept) throw new CodetracerError('unreadable', 'the steps of the trace do not follow each other');
    const run = new RecordedRun(kept, path);
    run.log.addAll(damage);
    if (!isSound) {
      const message = `steps do not follow each other; the first ${kept.steps.length} of ${steps.length} were kept`;
      run.log.add('unexpected-shape', 'warning', message, place);
    }
    yield run;
  } catch (error) {
    if (!(error instanceof CodetracerError)) throw error;
    const run = new RunBuilder({ format: 'codetracer-trace', path });
    run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
    run.log.addAll(damage);
    const code = isNewerTrace(document?.value) ? 'newer-version' : 'unexpected-shape';
    run.log.add(code, 'error', `${error.message}; nothing was read`, place);
    yield run;
  }
}

import { CodetracerError } from '../../base/error.ts';
import type { StepRecord } from '../../model/state.ts';
import type { Analysis } from '../../query/analysis.ts';
import { compareStates } from '../../query/compare-states.ts';
import { findStep } from '../../query/find-step.ts';
import { showState } from '../../query/show-state.ts';
import { EXIT } from '../exit-codes.ts';
import { describeChanges, describeState } from '../output/describe-state.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { openRun, type RunOptions } from './run-options.ts';

export interface StateOptions extends RunOptions {
  readonly file?: string;
  readonly since?: string;
}

export async function stateCommand(run: string, step: string, options: StateOptions): Promise<number> {
  if (options.file !== undefined && options.since !== undefined)
    throw new CodetracerError('usage', '--file and --since can not be asked for together', {
      hint: 'codetracer patch prints what changed in the files',
    });
  const analysis = await openRun(run, options);
  const record = findStep(analysis, step);
  if (options.file !== undefined) return printFile(analysis, record, options.file, options.json ?? false);
  const state = showState(analysis, record);
  const earlier = options.since === undefined ? undefined : findStep(analysis, options.since);
  if (earlier && earlier.position > record.position)
    throw new CodetracerError('usage', `step ${earlier.step.id} comes after step ${record.step.id}`, {
      hint: '--since takes an earlier step than the one asked for',
    });
  const since = earlier && showState(analysis, earlier);
  const changes = since && { step: since.step, changes: compareStates(since, state) };
  if (options.json)
    await writeJson({
      schema: 'codetracer.state/1',
      run: analysis.run.id,
      ...state,
      ...(changes && { since: changes }),
    });
  else await writeOut(changes ? describeChanges(changes, state.step) : describeState(state));
  return EXIT.done;
}

async function printFile(
  analysis: Analysis,
  record: StepRecord,
  path: string,
  isJson: boolean,
): Promise<number> {
  const version = analysis.history.at(record.position).file(path);
  if (!version) {
    throw new CodetracerError(
      'unknown-target',
      `the run is not known to have touched ${path} up to step ${record.step.id}`,
    );
  }
  if (isJson) await writeJson({ schema: 'codetracer.file/1', run: analysis.run.id, ...version });
  else if (version.content === undefined) {
    throw new CodetracerError(
      'unknown-target',
      `the content of ${path} at step ${record.step.id} is not known`,
      { hint: 'codetracer why says which steps changed it' },
    );
  } else await writeOut(version.content);
  return EXIT.done;
}

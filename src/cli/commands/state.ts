import pc from 'picocolors';
import { CodetracerError } from '../../base/error.ts';
import { findStep } from '../../query/find-step.ts';
import { type StateReport, showState } from '../../query/show-state.ts';
import { EXIT } from '../exit-codes.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { openRun, type RunOptions } from './run-options.ts';

export async function stateCommand(
  run: string,
  step: string,
  options: RunOptions & { readonly file?: string },
): Promise<number> {
  const analysis = await openRun(run, options);
  const record = findStep(analysis, step);
  if (options.file !== undefined) {
    const version = analysis.history.at(record.position).file(options.file);
    if (!version) {
      throw new CodetracerError(
        'unknown-target',
        `the run is not known to have touched ${options.file} up to step ${record.step.id}`,
      );
    }
    if (options.json) await writeJson({ schema: 'codetracer.file/1', run: analysis.run.id, ...version });
    else if (version.content === undefined) {
      throw new CodetracerError(
        'unknown-target',
        `the content of ${options.file} at step ${record.step.id} is not known`,
        {
          hint: 'codetracer why says which steps changed it',
        },
      );
    } else await writeOut(version.content);
    return EXIT.done;
  }
  const state = showState(analysis, record);
  if (options.json) await writeJson({ schema: 'codetracer.state/1', run: analysis.run.id, ...state });
  else await writeOut(terminalTextBlock(state));
  return EXIT.done;
}

function terminalTextBlock(state: StateReport): string {
  const lines = [pc.bold(`state after step ${state.step}`)];
  const part = <T>(name: string, items: readonly T[], describe: (item: T) => string): void => {
    if (items.length === 0) return;
    lines.push('', `${pc.bold(name)} (${items.length})`);
    for (const item of items) lines.push(`  ${terminalText(describe(item))}`);
  };
  lines.push(
    state.cwd ? `directory ${state.cwd.path} ${pc.dim(`(${state.cwd.provenance})`)}` : 'directory not known',
  );
  if (state.branch) lines.push(`git branch ${state.branch.name}`);
  part('changed files', state.files, (file) => {
    const size = file.length === null ? 'content not known' : `${file.length} characters`;
    return `${file.path}  v${file.version} ${file.exists ? file.how : 'deleted'} by ${file.by ?? 'nobody'}, ${file.exists ? size : 'gone'} (${file.provenance})`;
  });
  part('tests', state.tests, (test) => `${test.status} ${test.test} at step ${test.by}`);
  part('open errors', state.openErrors, (error) => `#${error.number} step ${error.by}: ${error.line}`);
  part(
    'packages',
    state.packages,
    (item) => `${item.name} ${item.action} by ${item.manager} at step ${item.by}`,
  );
  part('processes', state.processes, (process) => `${process.what} since step ${process.by}`);
  part(
    'environment',
    state.env,
    (variable) => `${variable.name}=${variable.value ?? '?'} since step ${variable.by}`,
  );
  return `${lines.join('\n')}\n`;
}

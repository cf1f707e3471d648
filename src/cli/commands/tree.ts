import { CodetracerError } from '../../base/error.ts';
import { documentTree } from '../../query/tree/document-tree.ts';
import type { TreeSelection } from '../../query/tree/select-tree.ts';
import { renderTree, renderTreeText } from '../../report/tree/render-tree.ts';
import { EXIT } from '../exit-codes.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { openRun, type RunOptions } from './run-options.ts';

export interface TreeOptions extends RunOptions {
  readonly maxLines?: string;
  readonly maxTokens?: string;
  readonly focus?: string;
  readonly stages?: boolean;
  readonly open?: string;
  readonly markdown?: boolean;
}

export async function treeCommand(run: string, options: TreeOptions): Promise<number> {
  const selection = readSelection(options);
  const analysis = await openRun(run, options);
  if (options.json) await writeJson(documentTree(analysis, selection));
  else if (options.markdown) {
    for (const line of renderTree(analysis)) await writeOut(`${terminalText(line)}\n`);
  } else {
    for (const line of renderTreeText(analysis, selection)) await writeOut(`${terminalText(line)}\n`);
  }
  return EXIT.done;
}

function readSelection(options: TreeOptions): TreeSelection {
  const { focus, stages, open, markdown } = options;
  const maxLines = readBudget('--max-lines', options.maxLines);
  const maxTokens = readBudget('--max-tokens', options.maxTokens);
  const isBudgeted = maxLines !== undefined || maxTokens !== undefined || focus !== undefined;
  const isStaged = stages || open !== undefined;
  if (isBudgeted && isStaged)
    throw new CodetracerError('usage', '--stages and --open do not go with a budget or a focus', {
      hint: 'a budget chooses what is shown by itself',
    });
  if (markdown && (isBudgeted || isStaged || options.json))
    throw new CodetracerError(
      'usage',
      '--markdown prints the whole tree and goes with no other choice of lines',
    );
  return {
    ...(maxLines !== undefined && { maxLines }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(focus !== undefined && { focus }),
    ...(isStaged && {
      open: (open ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    }),
  };
}

function readBudget(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1)
    throw new CodetracerError('usage', `${name} takes a whole number from 1, not ${JSON.stringify(text)}`);
  return Number(text);
}

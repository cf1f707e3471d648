import { renderTree } from '../../report/tree-text.ts';
import { EXIT } from '../exit-codes.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { openRun, type RunOptions } from './run-options.ts';

export async function treeCommand(run: string, options: RunOptions): Promise<number> {
  const analysis = await openRun(run, options);
  if (options.json) {
    const { nodes, stages } = analysis.tree;
    await writeJson({ schema: 'codetracer.tree/1', run: analysis.run.id, stages, nodes });
    return EXIT.done;
  }
  for (const line of renderTree(analysis)) await writeOut(`${terminalText(line)}\n`);
  return EXIT.done;
}

import type { Analysis } from '../../query/analysis.ts';
import { cutToTokens } from '../../query/tree/estimate-tokens.ts';
import { selectTree, type TreeSelection } from '../../query/tree/select-tree.ts';
import type { StageLine, TreeLine } from '../../query/tree/tree-line.ts';
import { lineText, stageText } from './line-text.ts';
import { MARKDOWN, TEXT } from './style.ts';

/**
 * The trace tree as markdown, line by line: `tree.md`. Each stage is a block that opens and closes; those with a label
 * are open. Only a path that was given up and a sub-agent are set in, so a run of any length stays readable.
 */
export function* renderTree(analysis: Analysis): Generator<string> {
  const text = (line: TreeLine): string => lineText(line, MARKDOWN);
  let inStage = false;
  const close = function* (): Generator<string> {
    if (inStage) yield* ['', '</details>', ''];
    inStage = false;
  };
  let isHead = true;
  for (const line of selectTree(analysis, {}, text)) {
    if (line.kind === 'head') yield* [text(line), ''];
    else if (line.kind === 'stage') {
      if (isHead) yield '';
      isHead = false;
      yield* close();
      yield* [detailsOf(line), ''];
      inStage = true;
    } else yield text(line);
  }
  yield* close();
}

/** Markdown is not read inside of the summary, so it holds plain text as HTML. */
function detailsOf(line: StageLine): string {
  const open = line.labels.length > 0 ? ' open' : '';
  return `<details${open}><summary>${escapeText(stageText(line, TEXT))}</summary>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * The trace tree as plain text: whole, with some of its stages open, or the most relevant lines that fit a budget, which
 * they never exceed.
 * @throws CodetracerError `usage` for a budget below 1 or an unknown stage, `unknown-step` for an unknown focus.
 */
export function renderTreeText(analysis: Analysis, selection: TreeSelection = {}): string[] {
  const texts = selectTree(analysis, selection, lineText).map((line) => lineText(line));
  const [head, ...rest] = texts;
  const { maxTokens } = selection;
  // Only the first line is left when nothing else fits, and it may be too long by itself.
  if (head === undefined || maxTokens === undefined || rest.length > 0) return texts;
  const cut = cutToTokens(head, maxTokens);
  return cut === '' ? [] : [cut];
}

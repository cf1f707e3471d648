import { exhaustive } from '../../base/assert.ts';
import { baseName } from '../../base/path.ts';
import type { StepId } from '../../model/ids.ts';
import type { PathChange } from '../../query/tree/describe-changes.ts';
import type {
  FoldedLine,
  HeadLine,
  StageLine,
  StepCounts,
  StepLabel,
  StepLine,
  TreeLine,
} from '../../query/tree/tree-line.ts';
import { type Style, TEXT } from './style.ts';

const CHANGES_SHOWN = 4;

const LABELS: Readonly<Record<StepLabel, string>> = {
  onset: '◀ ONSET',
  incorrect: '◀ incorrect',
  chain: '◀ chain',
  anchor: '◀ failure seen',
  unuseful: '◀ unuseful',
};

/** One line of text for one line of a tree. */
export function lineText(line: TreeLine, style: Style = TEXT): string {
  switch (line.kind) {
    case 'head':
      return headText(line, style);
    case 'fact':
      return `${style.item}${line.name}: ${style.plain(line.text)}`;
    case 'stage':
      return `## ${stageText(line, style)}`;
    case 'step':
      return stepText(line, style);
    case 'similar': {
      const targets = line.targets.length > 0 ? `: ${line.targets.map(style.code).join(', ')}` : '';
      return `${indentOf(line.indent)}${style.item}${rangeOf(line.steps)} ${line.steps.length} × ${line.what}${targets}`;
    }
    case 'folded':
      return foldedText(line, style);
    default:
      return exhaustive(line);
  }
}

function headText(line: HeadLine, style: Style): string {
  const parts = [`outcome ${line.outcome}`, line.verdict];
  if (line.onset !== undefined)
    parts.push(`onset step ${line.onset}${line.onsetStage === undefined ? '' : ` (${line.onsetStage})`}`);
  parts.push(countsText(line.counts), counted(line.stages, 'stage'));
  if (line.folded > 0) parts.push(`${counted(line.folded, 'step')} not shown`);
  return `# ${style.plain(line.task ?? line.run)} — ${parts.join(' · ')}`;
}

/** A stage without its mark of a heading. */
export function stageText(line: StageLine, style: Style): string {
  const range = line.start === line.end ? `step ${line.start}` : `steps ${line.start}–${line.end}`;
  const parts = [countsText(line.counts)];
  if (line.files > 0) {
    const more = line.files - line.paths.length;
    parts.push(`${line.paths.map(style.code).join(', ')}${more > 0 ? ` and ${more} more` : ''}`);
  }
  if (line.tests) parts.push(testsText(line.tests));
  const labels = line.labels.length > 0 ? ` ${line.labels.map((label) => LABELS[label]).join(' ')}` : '';
  return `${line.stage} (${range}): ${parts.join('; ')}${labels}`;
}

function stepText(line: StepLine, style: Style): string {
  const mark = line.node === undefined ? style.item : style.change;
  const id = line.node === undefined ? line.step : style.strong(line.step);
  const parts = [
    `${indentOf(line.indent)}${mark}${id}${line.parallel ? ' ∥' : ''}`,
    style.plain(line.tool),
    style.code(withoutTool(line)),
  ];
  if (line.failed) parts.push('✗');
  const changes = changesText(line.changes, style);
  if (changes !== '') parts.push(`→ ${changes}`);
  if (line.tests) parts.push(`[${testsText(line.tests)}]`);
  if (line.returnsTo) {
    const { step } = line.returnsTo;
    parts.push(`↩ back to the state ${step === undefined ? 'of the start' : `after step ${step}`}`);
  }
  if (line.abandoned) parts.push('(undone later)');
  if (line.agent !== undefined) parts.push(`⑂ sub-agent ${style.plain(line.agent)}`);
  for (const label of line.labels) parts.push(LABELS[label]);
  return parts.join(' ');
}

/** Readable renderings of tool calls begin with the tool's name, which stands before them already. */
function withoutTool({ tool, action }: StepLine): string {
  return action.startsWith(`${tool} `) ? action.slice(tool.length + 1) : action;
}

function changesText(changes: readonly PathChange[], style: Style): string {
  const shown = changes.slice(0, CHANGES_SHOWN).map(({ path, how, added, removed }) => {
    const name = style.code(baseName(path));
    if (how === 'delete') return `${name} deleted`;
    if (how === 'restore') return `${name} restored`;
    if (added === undefined) return name;
    if (removed === undefined) return `${name} ${counted(added, 'line')}`;
    return `${name} +${added} −${removed}`;
  });
  const more = changes.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function foldedText(line: FoldedLine, { item }: Style): string {
  const kinds = line.kinds.map(([what, count]) => `${count} ${what}`).join(', ');
  if (!line.together)
    return `${item}… ${counted(line.steps, 'step')} not shown: ${kinds} (tree without a budget shows all)`;
  const where = line.first === line.last ? `step ${line.first}` : `steps ${line.first}–${line.last}`;
  return `${item}… ${where} folded: ${kinds} (--focus ${line.first})`;
}

function countsText({ steps, changes, failed, subagent }: StepCounts): string {
  const parts = [counted(steps, 'step')];
  if (changes > 0) parts.push(counted(changes, 'change'));
  if (failed > 0) parts.push(`${failed} failed`);
  if (subagent > 0) parts.push(`${subagent} of sub-agents`);
  return parts.join(', ');
}

function testsText({ passed, failed }: { readonly passed: number; readonly failed: number }): string {
  return failed === 0 ? `${passed} passed` : `${passed} passed, ${failed} failed`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function indentOf(level: number): string {
  return '  '.repeat(level);
}

function rangeOf(steps: readonly StepId[]): string {
  return `${steps[0]}–${steps.at(-1)}`;
}

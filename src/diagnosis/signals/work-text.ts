import { baseName } from '../../base/path.ts';
import type { ContentChange } from '../../model/effect.ts';
import type { StepId } from '../../model/ids.ts';
import type { Context, MainStep } from '../context.ts';
import type { DependenceGraph } from '../dependence.ts';
import { isTestFile } from '../scratch.ts';

/** Lines shorter than this (brackets, `else:`) stand in every text and tell nothing of who wrote them first. */
const TELLING_LINE = 6;
/** So many lines of the work are looked at; a generated file of a million lines has no author. */
const MOST_LINES = 20_000;

/** A line of the work, trimmed, with the step that is known to have put it into a file first. */
export type LinesOfWork = ReadonlyMap<string, StepId>;

/**
 * The lines that the run's changes brought into source files and that still stand at the end; where the final content of
 * a file is not known, every line that was brought in; where a change's text is not known either, the lines of the action
 * that made it. A step that only carries out a script answers for no line that the script's writer wrote.
 */
export function linesOfWork({ history, lastWriter, steps }: Context, graph: DependenceGraph): LinesOfWork {
  const work = new Map<string, StepId>();
  const writers = new Map(steps.map((step) => [step.record.step.id, scriptWriter(step, steps, graph)]));
  const end = history.at(history.records.length - 1);
  for (const path of lastWriter.keys()) {
    const now = end.file(path);
    if (isTestFile(path) || now?.exists === false) continue;
    const final = now?.content === undefined ? undefined : new Set(tellingLines(now.content));
    const add = (lines: readonly string[], by: StepId): void => {
      const writer = writers.get(by)?.record.step;
      for (const line of lines) {
        if (work.size >= MOST_LINES || work.has(line) || (final && !final.has(line))) continue;
        work.set(line, writer?.action.includes(line) ? writer.id : by);
      }
    };
    let before: string | undefined;
    for (const { change, content, madeBy } of history.versions(path)) {
      if (madeBy !== undefined && content !== undefined && before !== undefined) {
        const old = new Set(tellingLines(before));
        add(
          tellingLines(content).filter((line) => !old.has(line)),
          madeBy,
        );
      } else if (madeBy !== undefined) {
        const text = change ? addedText(change) : '';
        const known = text === '' ? content : text;
        if (known !== undefined) add(tellingLines(known), madeBy);
        else if (!final) add(tellingLines(writers.get(madeBy)?.record.step.action ?? ''), madeBy);
      }
      before = content;
    }
  }
  return work;
}

/** Who wrote the text that a step acts by: the step that wrote the script it runs, else the step itself. */
function scriptWriter(step: MainStep, steps: readonly MainStep[], graph: DependenceGraph): MainStep {
  for (const edge of graph.incoming(step.ordinal)) {
    const from = steps[edge.from - 1];
    const isScript = from && from.sources.length === 0 && step.record.step.action.includes(baseName(edge.by));
    if (edge.kind === 'data' && isScript) return from;
  }
  return step;
}

export function tellingLines(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed.length >= TELLING_LINE) lines.push(trimmed);
  }
  return lines;
}

/** The text that a change brings in, as far as its own words say it. */
function addedText(change: ContentChange): string {
  switch (change.kind) {
    case 'set':
    case 'append':
    case 'splice':
      return change.content;
    case 'replace':
      return change.new;
    case 'patch':
      return change.diff
        .split('\n')
        .flatMap((line) => (line.startsWith('+') && !line.startsWith('+++') ? [line.slice(1)] : []))
        .join('\n');
    case 'hunks':
      return change.hunks.flatMap((hunk) => hunk.new).join('\n');
    case 'sequence':
      // One level: sequences are made of plain changes.
      return change.changes.map((part) => (part.kind === 'sequence' ? '' : addedText(part))).join('\n');
    case 'sed':
      return change.script;
    case 'undo':
    case 'unknown':
      return '';
    default: {
      const never: never = change;
      return never;
    }
  }
}

import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import type { Edit } from './parse-answer.ts';
import type { HistoryLine } from './schema.ts';

export interface OpenEdit {
  readonly edit: Edit;
  readonly step: PendingStep;
}

const APPLIED = /^Applied edit to (.+)$/;
const REFUSED = /^(?:Did not apply edit to|Skipping edits? to) (\S.*?)(?: \(--dry-run\)| that .*)?$/;

/** Paths that aider says it changed, or did not let change. */
export function namedPaths(lines: readonly HistoryLine[]): Set<string> {
  const paths = new Set<string>();
  for (const { text } of lines) {
    const path = APPLIED.exec(text)?.[1] ?? REFUSED.exec(text)?.[1];
    if (path !== undefined) paths.add(path.trim());
  }
  return paths;
}

/**
 * Hands what aider printed after an answer to the answer's edits: the line on a file to the edit of that file (one line
 * stands for all of its edits in newer versions), all else to the last edit.
 */
export function answerEdits(
  run: RunBuilder,
  open: readonly OpenEdit[],
  printed: readonly HistoryLine[],
  artifact: string,
): void {
  const texts = new Map<OpenEdit, HistoryLine[]>();
  const served = new Set<OpenEdit>();
  const status = statusOf(printed, open);
  const last = open.at(-1);
  for (const line of printed) {
    const path = APPLIED.exec(line.text)?.[1]?.trim();
    const own = path === undefined ? [] : open.filter(({ edit }) => edit.path === path);
    const target = own.find((edit) => !served.has(edit)) ?? own.at(-1) ?? last;
    if (!target) continue;
    if (own.length > 0) served.add(target);
    const known = texts.get(target);
    if (known) known.push(line);
    else texts.set(target, [line]);
  }
  for (const edit of open) {
    const lines = texts.get(edit) ?? [];
    const text = lines.map((line) => line.text).join('\n');
    const [first] = lines;
    const place: SourceRef | undefined = first && { artifact, line: first.line };
    run.result(edit.step, {
      ...(text.trim() !== '' && { observation: text }),
      status: status.get(edit) ?? 'unknown',
      ...(place && { place }),
    });
  }
}

/** What became of each edit. A report of blocks that did not match quotes them; the others were applied. */
function statusOf(printed: readonly HistoryLine[], open: readonly OpenEdit[]): Map<OpenEdit, StepStatus> {
  const text = printed.map((line) => line.text).join('\n');
  const applied = namesAfter(printed, APPLIED);
  const refused = namesAfter(printed, REFUSED);
  const failed =
    /blocks? failed to match|did not conform to the edit format|Malformed edit|malformed response/i.test(
      text,
    );
  const folded = failed ? squeeze(text) : '';
  const status = new Map<OpenEdit, StepStatus>();
  for (const item of open) {
    const { path, args } = item.edit;
    const quoted =
      failed &&
      args.search !== undefined &&
      squeeze(args.search) !== '' &&
      folded.includes(squeeze(args.search));
    if (quoted) status.set(item, 'error');
    else if (applied.has(path)) status.set(item, 'ok');
    else if (refused.has(path)) status.set(item, 'rejected');
    else if (failed)
      status.set(item, /block(?:s)? (?:was|were) applied successfully/.test(text) ? 'ok' : 'error');
  }
  return status;
}

function namesAfter(printed: readonly HistoryLine[], pattern: RegExp): Set<string> {
  return new Set(printed.flatMap(({ text }) => pattern.exec(text)?.[1]?.trim() ?? []));
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

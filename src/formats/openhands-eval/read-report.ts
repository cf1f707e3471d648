import { splitLines } from '../../base/text.ts';
import type { OutcomeKind } from '../../model/outcome.ts';

/** What the report says of one instance, and on which line (from 1). */
export interface Finding {
  readonly says: OutcomeKind;
  readonly detail: string;
  /** The line that lists it. */
  readonly quote: string;
  readonly line: number;
}

/** Headings of `output.swebench_eval.md`, in lower case. */
const SECTIONS: readonly (readonly [RegExp, OutcomeKind])[] = [
  [/^#+\s*resolved/i, 'solved'],
  [/^#+\s*(?:unresolved|error|empty patch|incomplete)/i, 'failed'],
];

/** The section of the markdown report that lists an instance: `- [<id>](<log>)`, or `- <id>`. */
export function findInstance(text: string, instance: string): Finding | undefined {
  let section: { readonly title: string; readonly says: OutcomeKind } | undefined;
  for (const [index, line] of splitLines(text).entries()) {
    if (line.startsWith('#')) {
      const says = SECTIONS.find(([heading]) => heading.test(line))?.[1];
      section = says && { title: line.replace(/^#+\s*/, '').trim(), says };
      continue;
    }
    if (!section || !/^\s*[-*] /.test(line) || !names(line, instance)) continue;
    return {
      says: section.says,
      detail: `${instance} is listed under "${section.title}"`,
      quote: line.trim(),
      line: index + 1,
    };
  }
  return undefined;
}

function names(line: string, instance: string): boolean {
  const item = line.trim().slice(2).trim();
  return item === instance || item.startsWith(`[${instance}]`);
}

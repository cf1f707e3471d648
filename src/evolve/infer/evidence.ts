/**
 * What may point at the part that a field plays: its name and what was measured (`names`), or what was measured alone,
 * names only ranking what measures leave open (`measures`). Logs of agents mostly use telling names, and names are then
 * the safer guide; a log with names of its own is read by the second.
 */
export type Evidence = 'names' | 'measures';

/** Text that was written to be read: words with white space between, not an id, a time, a name or a code. */
export function isProse(text: string): boolean {
  return text.length >= 8 && /\S\s+\S/.test(text.slice(0, 400));
}

/** Share of the texts that are prose, of at most `LOOK_AT`. */
export function proseShare(texts: readonly string[]): number {
  if (texts.length === 0) return 0;
  const looked = texts.slice(0, LOOK_AT);
  return looked.filter(isProse).length / looked.length;
}

const LOOK_AT = 200;

/** Names of tools and kinds are identifiers. */
export const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_.:/$-]{0,79}$/u;

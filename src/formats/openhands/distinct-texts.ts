/**
 * Texts in order without blank ones and without those that another one already holds: frameworks record the same
 * thought in several fields.
 */
export function distinctTexts(texts: readonly (string | undefined)[]): string[] {
  const kept: string[] = [];
  for (const text of texts) {
    const core = text?.trim();
    if (text === undefined || !core) continue;
    if (kept.some((other) => other.includes(core))) continue;
    const held = kept.findIndex((other) => core.includes(other.trim()));
    if (held >= 0) kept[held] = text;
    else kept.push(text);
  }
  return kept;
}

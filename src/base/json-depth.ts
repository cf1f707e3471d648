/** No honest record nests deeper; consumers that recurse (JSON.stringify among them) are safe up to here. */
export const JSON_DEPTH_LIMIT = 500;

/** Whether a parsed JSON value nests objects and arrays deeper than `limit`; looks level by level, without recursion. */
export function isTooDeep(value: unknown, limit: number = JSON_DEPTH_LIMIT): boolean {
  let level: object[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limit) return true;
    const next: object[] = [];
    for (const holder of level) {
      const children: readonly unknown[] = Array.isArray(holder) ? holder : Object.values(holder);
      for (const child of children) if (typeof child === 'object' && child !== null) next.push(child);
    }
    level = next;
  }
  return false;
}

/** Whether a value nests past the limit, given the text that it was parsed from: that is far quicker to look at. */
export function nestsTooDeeply(value: unknown, text: string): boolean {
  return opensOften(text) && isTooDeep(value);
}

/** Whether a text opens so many objects and arrays that it may nest past the limit: a cheap test before the true one. */
function opensOften(text: string): boolean {
  if (text.length < 2 * JSON_DEPTH_LIMIT) return false;
  let opened = 0;
  for (let i = 0; i < text.length && opened <= JSON_DEPTH_LIMIT; i++) {
    const code = text.charCodeAt(i);
    if (code === 123 || code === 91) opened++;
  }
  return opened > JSON_DEPTH_LIMIT;
}

const NON_FINITE = /-?(?:NaN|Infinity)/y;

export interface ReplacedText {
  readonly text: string;
  readonly count: number;
}

/**
 * Replaces `NaN`, `Infinity` and `-Infinity` outside of strings by `null`: Python's `json` writes them although JSON has no
 * such numbers. Undefined when there are none.
 */
export function replaceNonFinite(json: string): ReplacedText | undefined {
  if (!json.includes('NaN') && !json.includes('Infinity')) return undefined;
  const parts: string[] = [];
  let count = 0;
  let copied = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const char = json[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === 'N' || char === 'I' || char === '-') {
      NON_FINITE.lastIndex = i;
      const found = NON_FINITE.exec(json);
      if (!found) continue;
      parts.push(json.slice(copied, i), 'null');
      copied = i + found[0].length;
      i = copied - 1;
      count += 1;
    }
  }
  if (count === 0) return undefined;
  parts.push(json.slice(copied));
  return { text: parts.join(''), count };
}

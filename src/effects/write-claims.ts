/** Words with which programs report that they made a file, with the file's name behind them. */
const CLAIM =
  /\b(?:wrote|written|saved|saving|created|generated|exported|dumped|stored|downloaded|output|results?|report|plot|model|converted|rendered|extracted)\b[^'"`\n/~.:]{0,40}(?:\b(?:to|as|in|at|into)\b|:|file)\s*:?\s{0,3}['"`(]?((?:~|\.{0,2})?\/?[\w@%+-][\w@%+./-]{0,200})|\b(?:wrote|created|generated)\s+['"`]?((?:~|\.{0,2})?\/?[\w@%+-][\w@%+./-]{0,200})/i;

/** A line that speaks of what was not done, or of what somebody should do. */
const DENIES =
  /\b(?:not|fail(?:ed|ure)?|error|cannot|can't|couldn't|unable|would|will|should|could|must|to be|dry[- ]run|skipp(?:ed|ing)|expected|if|missing|already|loaded|reading|read|being|from|assert\w*|usage|example)\b/i;

/** A file's name: with an ending, or below the root. */
const FILE = /^(?:(?:~|\.{0,2})?\/)?(?:[\w@%+.-]+\/)*[\w@%+.-]+\.[A-Za-z][A-Za-z0-9]{0,7}$/;

const MORE = /^['"`)]?(?:,| and|, and)\s+['"`]?([\w~./][\w@%+./-]{0,200})/;

const SIZE = 200_000;
const CLAIMS = 20;

/** Paths that an output says were written (`Saved plot to out.png`), in order, each once. */
export function findWriteClaims(output: string): string[] {
  const text = output.length > SIZE ? `${output.slice(0, SIZE / 2)}\n${output.slice(-SIZE / 2)}` : output;
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    if (line.length > 400 || found.size >= CLAIMS) continue;
    const match = CLAIM.exec(line);
    const path = (match?.[1] ?? match?.[2])?.replace(/[.,;:)]+$/, '');
    if (match === null || path === undefined || !FILE.test(path) || path.includes('//')) continue;
    if (DENIES.test(line.slice(0, match.index)) || DENIES.test(match[0].replace(path, ''))) continue;
    found.add(path);
    // `alert.json, report.json`, `a.csv and b.csv`.
    let rest = line.slice(match.index + match[0].length);
    for (let next = MORE.exec(rest); next?.[1] !== undefined; next = MORE.exec(rest)) {
      const more = next[1].replace(/[.,;:)]+$/, '');
      if (!FILE.test(more) || found.size >= CLAIMS) break;
      found.add(more);
      rest = rest.slice(next[0].length);
    }
  }
  return [...found];
}

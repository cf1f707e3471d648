/** Words behind which a statement may run often, never, or later. */
const CONTROL =
  /\b(?:if|unless|while|until|for|foreach|do|def|class|module|case|begin|function|sub|switch|try|return|exit|die|throw|raise|abort|async|then|catch|eval|quit|stop|BEGIN|END|__END__|last|next|goto)\b|=>|->\s*\(|\?|&&|\|\|/;
const PREFIX = /^\s*(?:await\s+)?(?:require\(\s*\)\.)?(?:[\w$]+(?:\.|::))*$/;

/** Tells which places of a program surely run, once, when it runs: those before any word that could change that. */
export class StraightLine {
  private readonly code: string;
  private readonly end: number;

  /** `code`: the program with texts and comments made blank. */
  constructor(code: string) {
    this.code = code;
    const brace = code.search(/[{}]/);
    const control = code.search(CONTROL);
    this.end = Math.min(...[brace, control, code.length].filter((place) => place >= 0));
  }

  /** Whether the call from `start` up to `end` is a statement of its own that surely runs. */
  runs(start: number, end: number): boolean {
    const { code } = this;
    if (end > this.end) return false;
    const begin = Math.max(code.lastIndexOf(';', start - 1), code.lastIndexOf('\n', start - 1)) + 1;
    if (!PREFIX.test(code.slice(begin, start))) return false;
    const before = code.slice(0, begin).trimEnd();
    if (before !== '' && !/[;)\w]$/.test(before)) return false;
    return /^[ \t]*(?:;|\n|\r|$)/.test(code.slice(end, end + 200));
  }
}

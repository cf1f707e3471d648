/** Secrets by their own form; a name before a value (`password=…`) counts only with a value that looks like one. */
const PATTERNS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]{1,8000}?-----END [A-Z ]*PRIVATE KEY-----/g,
  },
  { what: 'API key', pattern: /\bsk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{20,200}/g },
  { what: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{30,255})/g },
  { what: 'AWS key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { what: 'Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,200}/g },
  { what: 'Google key', pattern: /\bAIza[A-Za-z0-9_-]{35}\b/g },
  { what: 'Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{30,60}\b/g },
  {
    what: 'web token',
    pattern: /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,1000}/g,
  },
  { what: 'bearer token', pattern: /(?<=\bBearer )[A-Za-z0-9._~+/-]{20,2000}=*/g },
  {
    what: 'credential',
    pattern:
      /(?<=\b[A-Z0-9_]{0,40}(?:API_KEY|SECRET|TOKEN|PASSWORD|PASSWD)["']?\s{0,3}[:=]\s{0,3}["']?)[A-Za-z0-9_+/.~-]{12,400}(?=["'\s]|$)/g,
  },
  {
    what: 'password in an address',
    pattern: /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,80}:)[^\s@/]{3,200}(?=@)/g,
  },
];

/** Takes secrets out of texts that will be shared, and counts what it took. */
export class Redactor {
  private readonly counts = new Map<string, number>();

  redact(text: string): string {
    let result = text;
    for (const { what, pattern } of PATTERNS) {
      result = result.replace(pattern, () => {
        this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
        return `[redacted ${what}]`;
      });
    }
    return result;
  }

  /** How often each kind was taken out, e.g. `2 API keys`; empty when nothing was. */
  summary(): string[] {
    return [...this.counts].map(([what, count]) => `${count} × ${what}`);
  }
}

import type { Converted } from '../../app/convert-run.ts';
import type { ExchangeTarget } from '../../exchange/exported.ts';

/** What is said of one run that was written: where it went, what is lost, what was taken out. */
export function describeConverted({ target, losses, redacted, run }: Converted, file: string): string {
  const lines = [`${run.id}: written as ${target}${file === '-' ? '' : ` to ${file}`}`];
  for (const { field, count, why } of losses) lines.push(`  lost ${field} (${count}): ${why}`);
  if (redacted.length > 0) lines.push(`  redacted ${redacted.join(', ')} (--no-redact keeps them)`);
  return `${lines.join('\n')}\n`;
}

/** The same of many runs, added up. */
export class ConversionTotals {
  private runs = 0;
  private redactedRuns = 0;
  private readonly fields = new Map<string, { count: number; runs: number; readonly why: string }>();

  add({ losses, redacted }: Converted): void {
    this.runs++;
    if (redacted.length > 0) this.redactedRuns++;
    for (const { field, count, why } of losses) {
      const total = this.fields.get(field) ?? { count: 0, runs: 0, why };
      total.count += count;
      total.runs++;
      this.fields.set(field, total);
    }
  }

  describe(target: ExchangeTarget, folder: string): string {
    const lines = [`${this.runs} runs written as ${target} to ${folder}`];
    const all = [...this.fields].sort(([, a], [, b]) => b.runs - a.runs || b.count - a.count);
    for (const [field, { count, runs, why }] of all) {
      lines.push(`  lost ${field} (${count} in ${runs} runs): ${why}`);
    }
    if (this.redactedRuns > 0)
      lines.push(`  redacted secrets in ${this.redactedRuns} runs (--no-redact keeps them)`);
    return `${lines.join('\n')}\n`;
  }
}

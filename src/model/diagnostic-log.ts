import type { Diagnostic, DiagnosticCode, Severity } from './diagnostic.ts';
import type { SourceRef } from './source-ref.ts';

/** Collects diagnostics; `fold` counts repeats of the same finding in the same artifact instead of listing them. */
export class DiagnosticLog {
  private readonly entries: { entry: Diagnostic; count: number }[] = [];
  private readonly folded = new Map<string, { entry: Diagnostic; count: number }>();

  add(code: DiagnosticCode, severity: Severity, message: string, place?: SourceRef): void {
    this.entries.push({
      entry: place ? { code, severity, message, place } : { code, severity, message },
      count: 1,
    });
  }

  fold(code: DiagnosticCode, severity: Severity, message: string, place?: SourceRef, count = 1): void {
    const key = `${code}\u0000${place?.artifact ?? ''}\u0000${message}`;
    const known = this.folded.get(key);
    if (known) {
      known.count += count;
      return;
    }
    const made = { entry: place ? { code, severity, message, place } : { code, severity, message }, count };
    this.folded.set(key, made);
    this.entries.push(made);
  }

  addAll(diagnostics: readonly Diagnostic[]): void {
    for (const entry of diagnostics) this.entries.push({ entry, count: entry.count ?? 1 });
  }

  list(): Diagnostic[] {
    return this.entries.map(({ entry, count }) => (count === 1 ? entry : { ...entry, count }));
  }
}

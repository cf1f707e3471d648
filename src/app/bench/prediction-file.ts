import { type FileHandle, open, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ensureFolder, writeFileAtomic } from '../../io/write.ts';
import { type PredictionLine, parsePrediction, parsePredictionLines } from './prediction-line.ts';
import { readTextIfThere } from './read-if-there.ts';

interface Kept {
  readonly line: PredictionLine;
  /** With its line end. */
  readonly text: string;
}

/**
 * The predictions of one system, a line per case. A line is written at once and is on the disk when `append` is done, so
 * that a killed process loses at most the line it was writing; such a torn line is cut off when the file is opened again.
 */
export class PredictionFile {
  readonly path: string;
  private readonly kept: Map<string, Kept>;
  /** Lines of the file in order; a case that was answered again has several. */
  private readonly written: string[];
  private handle: FileHandle | undefined;

  private constructor(path: string, kept: Map<string, Kept>, written: string[]) {
    this.path = path;
    this.kept = kept;
    this.written = written;
  }

  /** @throws CodetracerError `unreadable` when a line in the middle is damaged: that was no torn write. */
  static async open(path: string): Promise<PredictionFile> {
    const text = (await readTextIfThere(path)) ?? '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
    const kept = new Map<string, Kept>();
    const written = whole.split(/(?<=\n)/);
    for (const [index, line] of parsePredictionLines(whole, path).entries()) {
      kept.set(line.id, { line, text: written[index] ?? '' });
    }
    return new PredictionFile(path, kept, written);
  }

  /** Whether the case was answered from the same run, settings and code. */
  holds(id: string, key: string): boolean {
    return this.kept.get(id)?.line.key === key;
  }

  line(id: string): PredictionLine | undefined {
    return this.kept.get(id)?.line;
  }

  async append(text: string): Promise<void> {
    const line = parsePrediction(text);
    if (!line) throw new Error(`assertion failed: no prediction: ${text}`);
    if (!this.handle) {
      await ensureFolder(dirname(this.path));
      this.handle = await open(this.path, 'a');
    }
    await this.handle.appendFile(text);
    await this.handle.datasync();
    this.kept.set(line.id, { line, text });
    this.written.push(text);
  }

  /** Puts the lines in the order of the cases, the last answer for each; cases that are not named come last. */
  async close(order: readonly string[]): Promise<void> {
    await this.handle?.close();
    this.handle = undefined;
    const known = new Set(order);
    const ids = [...order, ...[...this.kept.keys()].filter((id) => !known.has(id)).sort()];
    const text = ids.map((id) => this.kept.get(id)?.text ?? '').join('');
    if (text !== this.written.join('')) await writeFileAtomic(this.path, text);
  }
}

import { lastAtMost } from '../base/order.ts';

const MODULUS = 2 ** 52;

/**
 * A number for the whole known state of the files: the sum of one part per file that differs from its original. Equal
 * states have equal sums whatever way led there, and a change costs one subtraction and one addition.
 */
export class Fingerprint {
  private sum = 0;
  private readonly history: { at: number; sum: number }[] = [];

  /** Replaces a file's part; 0 stands for "as it was before the run". */
  replace(old: number, part: number, at: number): void {
    if (old === part) return;
    this.sum = (((this.sum - old + MODULUS) % MODULUS) + part) % MODULUS;
    const last = this.history.at(-1);
    if (last?.at === at) last.sum = this.sum;
    else this.history.push({ at, sum: this.sum });
  }

  at(position: number): number {
    return lastAtMost(this.history, position, (entry) => entry.at)?.sum ?? 0;
  }
}

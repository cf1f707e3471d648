import type { Judged } from './verdict-curve.ts';

/** (belief - failed)^2 of one case: its part of the Brier score (Brier, 1950). */
export function squaredError({ belief, failed }: Judged): number {
  return (belief - (failed ? 1 : 0)) ** 2;
}

/** The Brier score of always answering with the share p of failed runs: p (1 - p). Undefined without cases. */
export function brierReference(judged: readonly Judged[]): number | undefined {
  if (judged.length === 0) return undefined;
  const share = judged.filter((one) => one.failed).length / judged.length;
  return share * (1 - share);
}

export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly belief: number | undefined;
  readonly failed: number | undefined;
}

/** Cases by belief in bins of equal width; the last bin holds a belief of 1. */
export function reliabilityTable(judged: readonly Judged[], bins: number): ReliabilityBin[] {
  const held: Judged[][] = Array.from({ length: bins }, () => []);
  for (const one of judged) {
    const index = Math.min(bins - 1, Math.max(0, Math.floor(one.belief * bins)));
    held[index]?.push(one);
  }
  return held.map((cases, index) => {
    const n = cases.length;
    const share = (sum: number): number | undefined => (n === 0 ? undefined : sum / n);
    return {
      low: index / bins,
      high: (index + 1) / bins,
      n,
      belief: share(cases.reduce((sum, one) => sum + one.belief, 0)),
      failed: share(cases.filter((one) => one.failed).length),
    };
  });
}

/** Expected calibration error: the bins' distance of belief and observed share, weighed by their cases. */
export function calibrationError(table: readonly ReliabilityBin[]): number | undefined {
  const n = table.reduce((sum, bin) => sum + bin.n, 0);
  if (n === 0) return undefined;
  const distance = ({ belief = 0, failed = 0 }: ReliabilityBin): number => Math.abs(belief - failed);
  return table.reduce((sum, bin) => sum + (bin.n / n) * distance(bin), 0);
}

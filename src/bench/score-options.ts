/** How much is resampled, and from which seed: equal options give equal reports. */
export interface ScoreOptions {
  readonly seed?: number;
  readonly resamples?: number;
  /** Share of resamples that an interval holds. */
  readonly level?: number;
  readonly reliabilityBins?: number;
}

export const DEFAULT_SCORE_OPTIONS: Required<ScoreOptions> = {
  seed: 1,
  resamples: 2000,
  level: 0.95,
  reliabilityBins: 10,
};

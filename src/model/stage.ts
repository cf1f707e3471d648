export const STAGE_KINDS = [
  'environment',
  'dependency',
  'inspect',
  'reproduce',
  'implement',
  'verify',
  'submit',
] as const;
export type StageKind = (typeof STAGE_KINDS)[number];

/** A contiguous range of main-agent steps with one purpose; both ends inclusive, as ordinals from 1. */
export interface Stage {
  readonly kind: StageKind;
  readonly start: number;
  readonly end: number;
}

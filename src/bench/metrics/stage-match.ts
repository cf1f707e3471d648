import type { LabelledStage, Reading } from '../bench-case.ts';

export function stageOf(stages: readonly LabelledStage[], step: number): LabelledStage | undefined {
  return stages.find((stage) => step >= stage.start && step <= stage.end);
}

/** Ids of the stages that are responsible: as the labels say it themselves, else the one that holds the onset. */
export function responsibleStages(reading: Reading): ReadonlySet<number> | undefined {
  if (!reading.stages || reading.stages.length === 0) return undefined;
  if (reading.responsibleStages) {
    return reading.responsibleStages.length === 0 ? undefined : new Set(reading.responsibleStages);
  }
  const holder = typeof reading.onset === 'number' ? stageOf(reading.stages, reading.onset) : undefined;
  return holder && new Set([holder.id]);
}

/**
 * Whether the first candidate lies in a responsible stage: 1 or 0; drawn candidates: the share of them that do.
 * Undefined where the labels name no such stage.
 */
export function scoreResponsibleStage(
  ranked: readonly number[],
  reading: Reading,
  drawn = false,
): number | undefined {
  const responsible = responsibleStages(reading);
  const { stages } = reading;
  if (!responsible || !stages) return undefined;
  const heads = drawn ? ranked : ranked.slice(0, 1);
  if (heads.length === 0) return 0;
  const hits = heads.filter((step) => responsible.has(stageOf(stages, step)?.id ?? Number.NaN)).length;
  return hits / heads.length;
}

/** Ids of the stages that hold any of the steps. */
export function stagesHolding(stages: readonly LabelledStage[], steps: readonly number[]): number[] {
  return [...new Set(steps.flatMap((step) => stageOf(stages, step)?.id ?? []))];
}

import type { Enricher, Format, Layout } from './format.ts';

/** Every hand-written format. Order is for listings only: detection scores all of them. */
export const FORMATS: readonly Format[] = [];

/** Every run folder layout. */
export const LAYOUTS: readonly Layout[] = [];

/** Lookers-around for artifacts that stand in no layout. */
export const ENRICHERS: readonly Enricher[] = [];

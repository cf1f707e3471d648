import type { System } from '../system.ts';
import { CHANGE_RULES } from './change-rules.ts';
import { POSITION_RULES } from './position-rules.ts';
import { REPEAT_RULES } from './repeat-rules.ts';

/** Rules that know nothing of why a run failed: what any localizer must beat. */
export const CONSTANT_RULES: readonly System[] = [...POSITION_RULES, ...CHANGE_RULES, ...REPEAT_RULES];

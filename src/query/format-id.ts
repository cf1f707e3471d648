import { z } from 'zod';
import { FORMAT_IDS } from '../model/run.ts';

/** A hand-written format, or one that an extractor was learnt for. */
export const formatIdSchema = z.enum(FORMAT_IDS).or(z.templateLiteral(['learnt:', z.string()]));

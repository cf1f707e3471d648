import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { CodetracerError } from '../../base/error.ts';
import type { ExternalLine } from './external-line.ts';

/** The file in which tools answer on one trajectory of the published benchmark. */
export const ANSWER_FILE = 'codetracer_labels.json';

const steps = z.array(z.int().positive());
const answerSchema = z.array(
  z.looseObject({ incorrect_step_ids: steps.optional(), unuseful_step_ids: steps.optional() }),
);

/**
 * Reads a folder of answers, `<case>/codetracer_labels.json` at any depth. The answers name no onset: the earliest step
 * that they call incorrect stands for it, the later ones are the next candidates.
 * @throws CodetracerError `unreadable` when there is none, or one is damaged
 */
export async function readAnswerFiles(folder: string): Promise<{ place: string; line: ExternalLine }[]> {
  const names = await readdir(folder, { recursive: true });
  const paths = names.filter((name) => /(?:^|[/\\])codetracer_labels\.json$/.test(name)).sort();
  if (paths.length === 0) {
    throw new CodetracerError('unreadable', `${folder}: no ${ANSWER_FILE} is in it`, {
      hint: `each case has a folder of its own name that holds ${ANSWER_FILE}`,
    });
  }
  const lines: { place: string; line: ExternalLine }[] = [];
  for (const name of paths) {
    const place = join(folder, name);
    const id = relative('.', dirname(name)).replaceAll('\\', '/');
    lines.push({ place, line: { id, ...readAnswer(place, await readFile(place, 'utf8')) } });
  }
  return lines;
}

function readAnswer(place: string, text: string): Omit<ExternalLine, 'id'> {
  let stages: z.infer<typeof answerSchema>;
  try {
    stages = answerSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new CodetracerError('unreadable', `${place}: not a list of stages with their wrong steps`, {
      hint: '[{"stage_id": 3, "incorrect_step_ids": [12], "unuseful_step_ids": [14]}]',
      cause: error,
    });
  }
  const gather = (pick: (stage: (typeof stages)[number]) => readonly number[] | undefined): number[] =>
    [...new Set(stages.flatMap((stage) => pick(stage) ?? []))].sort((a, b) => a - b);
  const incorrect = gather((stage) => stage.incorrect_step_ids);
  return { onset: incorrect, incorrect, unuseful: gather((stage) => stage.unuseful_step_ids) };
}

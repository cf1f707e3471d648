import pc from 'picocolors';
import { type Answer, QUESTIONS } from '../../formats/format.ts';
import { FORMATS, LAYOUTS } from '../../formats/registry.ts';
import { EXIT } from '../exit-codes.ts';

export function formatsCommand({ json }: { json?: boolean }): number {
  if (json) {
    const document = {
      schema: 'codetracer.formats/1',
      formats: FORMATS.map(({ id, title, units, answers, leavesOut }) => ({
        id,
        title,
        units,
        answers,
        leavesOut,
      })),
      layouts: LAYOUTS.map(({ id, title }) => ({ id, title })),
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return EXIT.done;
  }
  const width = Math.max(...[...FORMATS, ...LAYOUTS].map(({ id }) => id.length));
  const rows = [
    pc.bold('formats'),
    ...FORMATS.flatMap(({ id, title, units, answers }) => [
      `  ${id.padEnd(width)}  ${title} ${pc.dim(`(${units.join(' or ')})`)}`,
      pc.dim(`  ${''.padEnd(width)}  ${describeAnswers(answers)}`),
    ]),
    pc.bold('layouts of run folders'),
    ...LAYOUTS.map(({ id, title }) => `  ${id.padEnd(width)}  ${title}`),
  ];
  process.stdout.write(`${rows.join('\n')}\n`);
  return EXIT.done;
}

const WORDS: readonly (readonly [Answer, string])[] = [
  ['always', 'answers'],
  ['sometimes', 'sometimes'],
  ['beside', 'from files beside it'],
];

function describeAnswers(answers: (typeof FORMATS)[number]['answers']): string {
  return WORDS.flatMap(([answer, word]) => {
    const questions = QUESTIONS.filter((question) => answers[question] === answer);
    return questions.length === 0 ? [] : [`${word}: ${questions.join(', ')}`];
  }).join('; ');
}

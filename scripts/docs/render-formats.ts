import { type Answer, QUESTIONS } from '../../src/formats/format.ts';
import { FORMATS } from '../../src/formats/registry.ts';

/** `docs/formats.md`: what each format can answer, and what of it is left out on purpose. */
export function renderFormats(): string {
  const parts = [
    '# Formats',
    '',
    'Which questions the artifacts of a format can answer: `yes` in every sound artifact, `some` by version or setting,',
    '`beside` only from files around the artifact (reports of a checker, results of a harness), and empty for never. What a',
    'certain artifact answers says `codetracer conform`.',
    '',
    `| format | ${QUESTIONS.join(' | ')} |`,
    `|---|${QUESTIONS.map(() => '---').join('|')}|`,
    ...FORMATS.map(
      ({ id, answers }) =>
        `| [\`${id}\`](#${id}) | ${QUESTIONS.map((question) => SHOWN[answers[question]]).join(' | ')} |`,
    ),
  ];
  for (const { id, title, units, leavesOut } of FORMATS) {
    parts.push('', `## ${id}`, '', `${title}. Read from ${units.map((unit) => PLACES[unit]).join(' or ')}.`);
    if (leavesOut.length === 0) continue;
    parts.push('', '| left out | why |', '|---|---|');
    for (const { path, why } of leavesOut) parts.push(`| \`${path}\` | ${escapeCell(why)} |`);
  }
  parts.push(
    '',
    'A path leads from a record (a line, an event, an element of the list of records), or from the top of its document: `*` is',
    'one key or index, `**` all below, and `field=value:` before it limits it to records whose field has that value.',
    '',
    'This page is made from the code by `npm run docs`.',
    '',
  );
  return parts.join('\n');
}

const SHOWN: Readonly<Record<Answer, string>> = {
  always: 'yes',
  sometimes: 'some',
  beside: 'beside',
  never: '',
};

const PLACES = { file: 'a file', directory: 'a folder' } as const;

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

import { CATALOGUES } from '../../src/effects/shell/catalogue/index.ts';
import { READER_NAMES } from '../../src/effects/shell/commands/index.ts';

/** Every program that the analysis of shell commands knows, by group. */
export function renderPrograms(): string {
  const listed = new Set<string>();
  const groups = Object.entries(CATALOGUES).map(([group, catalogue]) => {
    const names = Object.keys(catalogue).flatMap((key) => key.split(' '));
    for (const name of names) listed.add(name);
    return section(group, names);
  });
  const rest = READER_NAMES.filter((name) => !listed.has(name));
  const count = listed.size + rest.length;
  return [
    '# Known programs',
    '',
    `The ${count} programs of which the analysis of shell commands knows what they do. This page is made from the code (\`npm run docs\`); [effects.md](effects.md) says how to add a program, and what happens with one that is not here. Names with a reader of their own are in **bold**: more than a catalogue entry is needed to say what they do.`,
    '',
    ...groups,
    section('shells, interpreters, wrappers and others with readers only', rest),
  ].join('\n');
}

function section(title: string, names: readonly string[]): string {
  const readers = new Set(READER_NAMES);
  const list = names
    .toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map((name) => (readers.has(name) ? `**\`${name}\`**` : `\`${name}\``));
  return `## ${title.charAt(0).toUpperCase()}${title.slice(1)} (${names.length})\n\n${list.join(', ')}\n`;
}

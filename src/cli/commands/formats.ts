import pc from 'picocolors';
import { FORMATS, LAYOUTS } from '../../formats/registry.ts';
import { EXIT } from '../exit-codes.ts';

export function formatsCommand({ json }: { json?: boolean }): number {
  if (json) {
    const document = {
      schema: 'codetracer.formats/1',
      formats: FORMATS.map(({ id, title, units }) => ({ id, title, units })),
      layouts: LAYOUTS.map(({ id, title }) => ({ id, title })),
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return EXIT.done;
  }
  const width = Math.max(...[...FORMATS, ...LAYOUTS].map(({ id }) => id.length));
  const rows = [
    pc.bold('formats'),
    ...FORMATS.map(
      ({ id, title, units }) => `  ${id.padEnd(width)}  ${title} ${pc.dim(`(${units.join(' or ')})`)}`,
    ),
    pc.bold('layouts of run folders'),
    ...LAYOUTS.map(({ id, title }) => `  ${id.padEnd(width)}  ${title}`),
  ];
  process.stdout.write(`${rows.join('\n')}\n`);
  return EXIT.done;
}

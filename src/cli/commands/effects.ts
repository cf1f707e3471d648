import { analyzeCommands } from '../../app/analyze-commands.ts';
import { CodetracerError } from '../../base/error.ts';
import type { CommandAnswer, CommandError, LineFlaw } from '../../query/effects-schemas.ts';
import { EXIT } from '../exit-codes.ts';
import { writeOut } from '../output/write-out.ts';

interface EffectsOptions {
  readonly json?: boolean;
}

const HINT =
  'Each line is one JSON object: {"command": "ls -l"}. Plain lines become such by jq -cR \'{command: .}\'.';

const HEAD = '{"schema":"codetracer.effects/1","rows":[';

function isError(row: CommandAnswer | CommandError): row is CommandError {
  return !('class' in row);
}

/** Prints what each command of a file does, a line of JSON for every line read; with `--json` one document of them. */
export async function effectsCommand(path: string, options: EffectsOptions): Promise<number> {
  const errors = new Map<LineFlaw, number>();
  let lines = 0;
  let changes = 0;
  for await (const rows of analyzeCommands(path)) {
    const texts: string[] = [];
    for (const row of rows) {
      if (isError(row)) errors.set(row.error.code, (errors.get(row.error.code) ?? 0) + 1);
      else if (row.class === 'change') changes++;
      texts.push(JSON.stringify(row));
    }
    if (options.json) await writeOut((lines === 0 ? `${HEAD}\n` : ',\n') + texts.join(',\n'));
    else await writeOut(`${texts.join('\n')}\n`);
    lines += rows.length;
  }
  const counts = Object.fromEntries(errors);
  if (options.json)
    await writeOut(
      `${lines === 0 ? HEAD : ''}\n],"lines":${lines},"errors":${JSON.stringify(counts)},"changes":${changes}}\n`,
    );
  const failed = [...errors.values()].reduce((sum, count) => sum + count, 0);
  if (failed > 0) {
    const parts = [...errors].map(([code, count]) => `${count} ${code}`).join(', ');
    process.stderr.write(`${failed} of ${lines} lines hold no command: ${parts}\n`);
  }
  if (failed === lines) {
    const message = `${path}: no line holds a command`;
    // The one document is written already.
    if (!options.json) throw new CodetracerError('unknown-format', message, { hint: HINT });
    process.stderr.write(`${message}\n${HINT}\n`);
    return EXIT.unknownFormat;
  }
  return failed > 0 ? EXIT.someFailed : EXIT.done;
}

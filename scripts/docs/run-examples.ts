/**
 * Runs command lines one after the other and prints what each of them printed, as one JSON list. Standard input is a
 * JSON list of their arguments. One process for all of them, as most of the time goes into starting one.
 */
import { readFileSync } from 'node:fs';
import { runCli } from '../../src/cli/run-cli.ts';

const commands = JSON.parse(readFileSync(0, 'utf8')) as readonly (readonly string[])[];
const write = process.stdout.write.bind(process.stdout);
const printed: string[] = [];
for (const command of commands) {
  const parts: string[] = [];
  process.stdout.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
    parts.push(typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk));
    for (const done of rest) if (typeof done === 'function') done();
    return true;
  };
  const code = await runCli(command);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`);
  printed.push(parts.join(''));
}
write(JSON.stringify(printed));

import { CommanderError } from 'commander';
import { CodetracerError } from '../base/error.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { printError } from './output/print-error.ts';
import { buildProgram } from './program/build-program.ts';

/** Runs one command line and answers the exit code. Commands are loaded only when they run, so that `--help` is quick. */
export async function runCli(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = buildProgram((code) => (exitCode = code));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof CodetracerError) {
      printError(error, argv.includes('--json'));
      return exitCodeOf(error.code);
    }
    throw error;
  }
}

import { Command } from 'commander';
import { VERSION } from '../../app/version.ts';
import { addArtifactCommands } from './artifact-commands.ts';
import { addBenchCommands } from './bench-commands.ts';
import { addExtractorCommands } from './extractor-commands.ts';
import type { Finish } from './options.ts';
import { addRunCommands } from './run-commands.ts';

/** Every command with its arguments and options. `finish` gets the exit code of the command that ran. */
export function buildProgram(finish: Finish): Command {
  const program = new Command('codetracer')
    .description('Finds the step where a code agent’s run went off track.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(add --help for usage)')
    .addHelpText('after', '\n<run> is a path, the id of an analysed run, a unique prefix of one, or `last`.');
  addArtifactCommands(program, finish);
  addRunCommands(program, finish);
  addExtractorCommands(program, finish);
  addBenchCommands(program, finish);
  addOwnCommands(program, finish);
  return program;
}

/** Commands about this program itself. */
function addOwnCommands(program: Command, finish: Finish): void {
  program
    .command('formats')
    .description('list the formats and layouts that can be read')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const { formatsCommand } = await import('../commands/formats.ts');
      finish(formatsCommand(options));
    });
  program
    .command('demo')
    .description('diagnose the example run that is shipped with the program')
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      const { demoCommand } = await import('../commands/demo.ts');
      finish(await demoCommand(options));
    });
  program
    .command('doctor')
    .description('check that this machine has what the program needs')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const { doctorCommand } = await import('../commands/doctor.ts');
      finish(await doctorCommand(options));
    });
}

import type { Command } from 'commander';
import type { ExtractorOptions, LearnCommandOptions } from '../commands/extractor.ts';

/** `codetracer extractor …`: learning to read formats that nobody wrote an extractor for. */
export function addExtractorCommands(program: Command, finish: (code: number) => void): void {
  const group = program
    .command('extractor')
    .description('learn to read an unknown format from its artifacts, and manage what was learnt');
  const command = (name: string, description: string): Command =>
    group
      .command(name)
      .description(description)
      .option('--json', 'print one JSON document')
      .option('--extractors <dir>', 'registry of learnt extractors (default: the user’s own)');
  const load = () => import('../commands/extractor.ts');

  command('learn', 'propose an extractor, validate it on held-out artifacts, and keep it as a new version')
    .argument('<name>', 'lower-case words with hyphens; the format is called learnt:<name>')
    .argument('<path...>', 'files, folders or archives with artifacts of one unknown format')
    .option('--title <text>', 'what writes these artifacts, for people')
    .option('--spec <file>', 'validate this spec instead of inferring one')
    .option('--known', 'learn from artifacts that a format reads already, too')
    .option('--no-promote', 'keep an accepted version without letting it read artifacts')
    .action(async (name: string, paths: string[], options: LearnCommandOptions) => {
      finish(await (await load()).learnCommand(name, paths, options));
    });
  command('list', 'list what was learnt').action(async (options: ExtractorOptions) => {
    finish(await (await load()).listCommand(options));
  });
  command('show', 'print an extractor: its rules, validation and provenance')
    .argument('<name>', 'name, or name@version')
    .action(async (name: string, options: ExtractorOptions) => {
      finish(await (await load()).showCommand(name, options));
    });
  command('test', 'run an extractor over artifacts and say how much it understands; exits 1 below the bounds')
    .argument('<name>', 'name, or name@version')
    .argument('<path...>', 'files, folders or archives')
    .action(async (name: string, paths: string[], options: ExtractorOptions) => {
      finish(await (await load()).testCommand(name, paths, options));
    });
  command('promote', 'let a version read artifacts')
    .argument('<name>', 'name@version')
    .option('--force', 'even one that was rejected')
    .action(async (name: string, options: ExtractorOptions & { force?: boolean }) => {
      finish(await (await load()).promoteCommand(name, options));
    });
  command('remove', 'remove a version, or everything under a name')
    .argument('<name>', 'name, or name@version')
    .action(async (name: string, options: ExtractorOptions) => {
      finish(await (await load()).removeCommand(name, options));
    });
}

import type { Assignment, Command, ParsedScript, Word } from 'unbash';
import { isRedirection, readRedirects } from './convert-redirects.ts';
import type { RunPlace, ShellAssignment, ShellWord, SimpleCommand } from './ir.ts';
import { convertWord } from './word-pieces.ts';

/** A simple command, and the scripts that run while the shell makes its words. */
export interface ConvertedCommand {
  readonly command: SimpleCommand;
  readonly scripts: readonly ParsedScript[];
}

export function convertCommand(node: Command, place: RunPlace): ConvertedCommand {
  const words: ShellWord[] = [];
  const assignments: ShellAssignment[] = [];
  const scripts: ParsedScript[] = [];
  const takeWord = (word: Word): ShellWord => {
    const converted = convertWord(word);
    scripts.push(...converted.scripts);
    return converted.word;
  };
  const takeAssignment = (assignment: Assignment): ShellAssignment => {
    if (assignment.value.type === 'ArrayValue') {
      for (const element of assignment.value.elements) takeWord(element);
      return { name: assignment.name, value: undefined };
    }
    const value = takeWord(assignment.value);
    return { name: assignment.name, value: assignment.append || assignment.index ? undefined : value };
  };
  for (const entry of node.prefix) if (entry.type === 'Assignment') assignments.push(takeAssignment(entry));
  if (node.name) words.push(takeWord(node.name));
  for (const entry of node.suffix) {
    if (entry.type === 'Word') words.push(takeWord(entry));
    else if (entry.type === 'Assignment') {
      // `export A=1`: the assignment is an argument of the command.
      const taken = takeAssignment(entry);
      const pieces = taken.value ? taken.value.pieces : [{ kind: 'opaque', text: '()' } as const];
      words.push({
        pieces: [{ kind: 'text', value: `${taken.name}=`, quoted: false }, ...pieces],
        text: entry.text,
      });
    }
  }
  const redirections = readRedirects([...node.prefix, ...node.suffix].filter(isRedirection));
  scripts.push(...redirections.scripts);
  const { redirects } = redirections;
  return { command: { words, assignments, redirects, place, compound: false }, scripts };
}

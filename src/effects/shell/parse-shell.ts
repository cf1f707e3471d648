import type { AndOr, CompoundList, ParsedScript, PipelineNode, Statement, Word } from 'unbash';
import { parse } from 'unbash';
import { convertCommand } from './convert-command.ts';
import { readRedirects } from './convert-redirects.ts';
import type { ParsedShell, RunPlace, ShellItem, ShellWord } from './ir.ts';
import { behindAll, behindOthers, endsOnFailure } from './run-behind.ts';
import { convertWord } from './word-pieces.ts';

/** Longer texts are cut: no agent types more, and every pass over them is linear. */
export const SIZE_LIMIT = 8_000_000;
/** Substitutions inside substitutions beyond this depth are not followed: each level is scanned again. */
const DEPTH_LIMIT = 32;
const ITEM_LIMIT = 50_000;
/** A loop over at most this many literal words is unrolled, so that its paths are known. */
const UNROLL_LIMIT = 24;
const UNROLL_TOTAL = 400;

/** What can run. */
type RunNode = ParsedScript | Statement | CompoundList | AndOr | PipelineNode;

type Task =
  | {
      readonly kind: 'node';
      readonly node: RunNode;
      readonly place: RunPlace;
      readonly out: ShellItem[];
      readonly depth: number;
    }
  | { readonly kind: 'item'; readonly item: ShellItem; readonly out: ShellItem[] };

interface Reader {
  readonly tasks: Task[];
  problem: string | undefined;
  pipes: number;
  unrolled: number;
  /** `set -e` was met: from there on everything stands behind what runs before it. */
  strict: boolean;
}

/** Parses a shell text to our own flat shape. Never throws; what is not understood is said in `problem`. */
export function parseShell(text: string): ParsedShell {
  const cut = text.length > SIZE_LIMIT;
  const script = parse(cut ? text.slice(0, SIZE_LIMIT) : text);
  const reader: Reader = {
    tasks: [],
    problem: cut ? `only the first ${SIZE_LIMIT} characters were read` : undefined,
    pipes: 0,
    unrolled: 0,
    strict: false,
  };
  const items: ShellItem[] = [];
  noteErrors(reader, script);
  const running = countRunning(script, text);
  for (let i = running - 1; i >= 0; i--) {
    const node = script.commands[i];
    if (!node) continue;
    const place: RunPlace = { statement: i, chain: 0, maybe: false, background: false, pipe: undefined };
    reader.tasks.push({ kind: 'node', node, place, out: items, depth: 0 });
  }
  let count = 0;
  for (let task = reader.tasks.pop(); task; task = reader.tasks.pop()) {
    if (++count > ITEM_LIMIT) {
      reader.problem ??= `more than ${ITEM_LIMIT} commands`;
      break;
    }
    if (task.kind === 'item') task.out.push(task.item);
    else readNode(reader, task);
  }
  return { items, problem: reader.problem, statements: running };
}

/**
 * How many of the top-level statements run: a shell reads line by line, so what stands on lines before a syntax error
 * has run, and nothing from the broken line on.
 */
function countRunning(script: ParsedScript, text: string): number {
  const { commands, errors } = script;
  if (!errors || errors.length === 0) return commands.length;
  const at = errors.reduce((first, error) => Math.min(first, error.pos), text.length);
  let count = commands.findIndex((statement) => statement.end > at);
  if (count < 0) count = commands.length;
  for (; count > 0; count--) {
    const gap = text.slice(commands[count - 1]?.end ?? 0, commands[count]?.pos ?? at);
    if (gap.includes('\n')) break;
  }
  return count;
}

function noteErrors(reader: Reader, script: ParsedScript): void {
  const first = script.errors?.[0];
  if (first) reader.problem ??= first.message;
}

type NodeTask = Extract<Task, { kind: 'node' }>;

/** Tasks are pushed in reverse: the stack's top runs first. */
function readNode(reader: Reader, task: NodeTask): void {
  const { node, place, out, depth } = task;
  const later = (next: RunNode, at: RunPlace = place): void => {
    reader.tasks.push({ kind: 'node', node: next, place: at, out, depth });
  };
  const item = (entry: ShellItem): void => {
    reader.tasks.push({ kind: 'item', item: entry, out });
  };
  const maybe: RunPlace = place.maybe ? place : { ...place, maybe: true };
  const inside: RunPlace = place.inner ? place : { ...place, inner: true };
  const scoped = (inner: () => void): void => {
    item({ kind: 'leave' });
    inner();
    item({ kind: 'enter' });
  };
  switch (node.type) {
    case 'Statement':
      if (node.background) scoped(() => later(node.command, { ...place, background: true }));
      else later(node.command);
      return;
    case 'AndOr': {
      for (let i = node.commands.length - 1; i >= 0; i--) {
        const command = node.commands[i];
        if (!command) continue;
        const operator = node.operators[i - 1];
        const before = node.commands[i - 1];
        const guarded = operator === '||' || (operator === '&&' && before !== undefined && isTest(before));
        const at = { ...behindOthers(place, node, i), chain: place.chain + i };
        later(command, guarded ? { ...at, maybe: true } : at);
      }
      return;
    }
    case 'Pipeline': {
      const id = reader.pipes++;
      for (let i = node.commands.length - 1; i >= 0; i--) {
        const command = node.commands[i];
        if (!command) continue;
        const pipe = { id, index: i, last: i === node.commands.length - 1 };
        if (node.commands.length === 1) later(command);
        else scoped(() => later(command, { ...place, pipe }));
      }
      return;
    }
    case 'Redirected': {
      const { redirects, scripts } = readRedirects(node.redirects);
      item({ kind: 'command', command: { words: [], assignments: [], redirects, place, compound: true } });
      later(node.command);
      pushScripts(reader, scripts, task);
      return;
    }
    case 'If':
      if (node.else) later(node.else, maybe);
      for (const branch of node.elif.toReversed()) {
        later(branch.then, maybe);
        later(branch.clause, maybe);
      }
      later(node.then, maybe);
      later(node.clause, inside);
      return;
    case 'For':
    case 'Select':
      readLoop(reader, task, node.name, node.wordlist, node.body);
      return;
    case 'ArithmeticFor':
      later(node.body, maybe);
      return;
    case 'While':
      later(node.body, maybe);
      later(node.clause, inside);
      return;
    case 'Case':
      for (const choice of node.items.toReversed()) later(choice.body, maybe);
      pushScripts(reader, convertWord(node.word).scripts, task);
      return;
    case 'Subshell':
      scoped(() => later(node.body, inside));
      return;
    case 'BraceGroup':
      later(node.body, inside);
      return;
    case 'CompoundList':
      for (const statement of node.commands.toReversed()) later(statement);
      return;
    case 'Function': {
      const body: ShellItem[] = [];
      item({ kind: 'define', name: node.name.value, body });
      reader.tasks.push({
        kind: 'node',
        node: node.body,
        place: { ...place, maybe: false, inner: true },
        out: body,
        depth,
      });
      return;
    }
    case 'Coproc':
      scoped(() => later(node.body, { ...place, background: true }));
      return;
    case 'Script':
      noteErrors(reader, node);
      for (const statement of node.commands.toReversed()) later(statement);
      return;
    case 'Command': {
      const { command, scripts } = convertCommand(node, reader.strict ? behindAll(place) : place);
      if (endsOnFailure(command.words)) reader.strict = true;
      item({ kind: 'command', command });
      pushScripts(reader, scripts, task);
      return;
    }
    case 'TestCommand':
    case 'ArithmeticCommand':
      // They change nothing but shell variables.
      return;
  }
}

function isTest(node: Statement['command']): boolean {
  if (node.type === 'TestCommand' || node.type === 'ArithmeticCommand') return true;
  if (node.type !== 'Command') return false;
  return node.name?.value === '[' || node.name?.value === 'test';
}

function readLoop(
  reader: Reader,
  task: NodeTask,
  name: Word,
  wordlist: readonly Word[] | undefined,
  body: CompoundList,
): void {
  const converted = (wordlist ?? []).map(convertWord);
  const words: ShellWord[] = converted.map((entry) => entry.word);
  const literal = words.every((word) => word.pieces.every((piece) => piece.kind === 'text'));
  const unroll =
    words.length > 0 && literal && words.length <= UNROLL_LIMIT && reader.unrolled < UNROLL_TOTAL;
  const bind = (value: ShellWord | undefined, maybe: boolean): void => {
    const place = { ...task.place, inner: true, ...(maybe && { maybe }) };
    reader.tasks.push({ kind: 'node', node: body, place, out: task.out, depth: task.depth });
    reader.tasks.push({ kind: 'item', item: { kind: 'bind', name: name.value, value }, out: task.out });
  };
  if (unroll) {
    reader.unrolled += words.length;
    for (const word of words.toReversed()) bind(word, false);
  } else {
    bind(undefined, true);
  }
  pushScripts(
    reader,
    converted.flatMap((entry) => entry.scripts),
    task,
  );
}

/** Substitutions run before the command whose words they make, in subshells of their own. */
function pushScripts(reader: Reader, scripts: readonly ParsedScript[], task: NodeTask): void {
  if (scripts.length === 0) return;
  if (task.depth >= DEPTH_LIMIT) {
    reader.problem ??= `substitutions nested deeper than ${DEPTH_LIMIT}`;
    return;
  }
  const place: RunPlace = { ...task.place, pipe: undefined, background: false, inner: true };
  for (const script of scripts.toReversed()) {
    reader.tasks.push({ kind: 'item', item: { kind: 'leave' }, out: task.out });
    reader.tasks.push({ kind: 'node', node: script, place, out: task.out, depth: task.depth + 1 });
    reader.tasks.push({ kind: 'item', item: { kind: 'enter' }, out: task.out });
  }
}

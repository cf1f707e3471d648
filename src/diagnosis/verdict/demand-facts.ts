import { baseName } from '../../base/path.ts';
import type { Evidence } from '../../model/diagnosis.ts';
import { quoteArtifact, quoteHead } from '../../model/quote.ts';
import type { FileNow } from '../../model/state.ts';
import type { Context } from '../context.ts';
import { type FactRule, wordsOf } from './run-fact.ts';

const MOST_NAMES = 60;
const PORT =
  /\bports?\s*(?:number\s*)?[:=]?\s*`?(\d{2,5})\b|(?:localhost|127\.0\.0\.1|0\.0\.0\.0|server):(\d{2,5})\b/gi;

/** What the task's own text asks for, held against what the run left behind. */
export const demandFacts: FactRule = ({ context, anchors }, emit) => {
  const { task, history, steps } = context;
  const cite = citeTask(context);
  const missing = anchors.filter((anchor) => anchor.kind === 'missing-output');
  if (task.outputs.length > 0)
    emit('outputs-missing', missing.length / task.outputs.length, missing[0]?.evidence[0]);
  const end = history.at(history.records.length - 1);
  const made = end
    .changedFiles()
    .filter((file) => file.exists && task.outputs.some((name) => matches(file.path, name)));
  const empty = made.find((file) => file.content?.trim() === '');
  if (empty) emit('outputs-empty', 1, quoteMaker(context, empty));
  const typed = made.filter(
    (file) => file.how === 'write' && file.change?.kind === 'set' && isData(file.path),
  );
  const [first] = typed;
  if (first) emit('hand-made-output', typed.length / made.length, quoteMaker(context, first));
  const words = new Set(history.paths.map(baseName));
  for (const step of steps) wordsOf(step.record.step.action, words);
  const files = [...task.names].filter((name) => /\.[a-z]\w*$/i.test(name)).slice(0, MOST_NAMES);
  const untouched = files.filter((name) => !words.has(name));
  const [strange] = untouched;
  if (strange !== undefined) emit('files-untouched', untouched.length / files.length, cite(strange));
  const names = [...task.identifiers].filter((name) => name.length >= 4).slice(0, MOST_NAMES);
  const unmet = names.filter((name) => !isSaid(name, words));
  const [unnamed] = unmet;
  if (unnamed !== undefined) emit('demands-unmet', unmet.length / names.length, cite(unnamed));
  for (const match of task.text.matchAll(PORT)) {
    const port = Number(match[1] ?? match[2]);
    if (end.ports.get(port)?.open !== true) emit('port-unproven', 1, cite(match[0]));
  }
};

/** Whether every word of a name occurs; names in backquotes may be whole calls. */
function isSaid(name: string, words: ReadonlySet<string>): boolean {
  for (const word of wordsOf(name)) {
    if (word.length > 2 && !word.includes('.') && !words.has(word)) return false;
  }
  return true;
}

function isData(path: string): boolean {
  return /\.(?:txt|csv|tsv|json|jsonl|ya?ml|xml|html?|md|out)$/.test(path);
}

function matches(path: string, name: string): boolean {
  return path === name || path.endsWith(`/${name}`);
}

function citeTask({ run, task }: Context): (needle: string) => Evidence | undefined {
  return (needle) => {
    const place = run.task?.place;
    const at = task.text.indexOf(needle);
    if (!place || at < 0) return undefined;
    const start = task.text.lastIndexOf('\n', at) + 1;
    const end = task.text.indexOf('\n', at + needle.length);
    // A very long line: what is cited must still hold the name.
    const from = Math.max(start, at - 100);
    return quoteArtifact(task.text.slice(from, end < 0 ? undefined : end), place);
  };
}

function quoteMaker({ steps }: Context, file: FileNow): Evidence | undefined {
  const step = steps.find(({ record }) => record.step.id === file.madeBy);
  return step && quoteHead(step.record.step, 'action');
}

import { baseName } from '../../base/path.ts';
import type { Evidence } from '../../model/diagnosis.ts';
import { quoteAround, quoteFinal } from '../../model/quote.ts';
import type { Context } from '../context.ts';
import { type FactName, type FactRule, wordsOf } from './run-fact.ts';

/** So much of either end of the last words is read. */
const WINDOW = 4000;

const PATTERNS: readonly (readonly [FactName, RegExp])[] = [
  [
    'says-unfinished',
    /\b(?:remaining|still (?:need|to be|has to|have to)|next steps?|not yet|in[_ ]progress|incomplete|partial(?:ly)?|would need|to-?do|unfinished|outstanding|once (?:the|you|it))\b|[^\w]pending\b/i,
  ],
  [
    'says-unable',
    /\b(?:unable to|could ?n[o']t|cannot|can[’']t|failed to|not possible|impossible|unavailable|not available|unfortunately|limitations?|restrict(?:ed|ions?)|encounter(?:ed|ing)|issues? (?:with|downloading|connecting)|does ?n[o’']t (?:work|exist)|not installed)\b/i,
  ],
  [
    'says-asks',
    /\?\s*$|\b(?:would you like|let me know|please (?:provide|confirm|share|let|run|check)|do you want|shall I|should I|how would you)\b/i,
  ],
  [
    'says-stand-in',
    /\b(?:simulat\w+|mock\w*|placeholders?|demonstrat\w+|dummy|synthetic|sample data|in a real|real[- ]world|conceptual\w*|hypothetical\w*|stub\w*|hard-?coded|proof of concept|simplified)\b/i,
  ],
  [
    'says-instructions',
    /\b(?:you can (?:now )?(?:run|use|start|test|access|connect)|to (?:run|use|start|test|access) (?:it|the|this)|manual(?:ly)?|on your (?:machine|server|system|host|own)|run the following|you(?:[’']ll| will)? need to|you should|how to (?:run|use)|usage)\b/i,
  ],
  [
    'says-hedge',
    /\b(?:should (?:now |then |also )?(?:work|be|fix|resolve|pass|handle|allow|have)|likely|probably|might|may (?:need|be|not)|assum\w+|I believe|I think|appears? to|seems? to|hopefully)\b/i,
  ],
  [
    'says-verified',
    /\b(?:verif(?:ied|ies|ication)|tested|confirm(?:ed|s|ing)|tests? (?:\w+ )?pass(?:ed|es)?|validated|double-check(?:ed)?|check(?:ed|s) that)\b/i,
  ],
  [
    'says-success',
    /\b(?:success(?:ful|fully)?|complete[ds]?|works? (?:correctly|as expected|perfectly)|is (?:now )?(?:fixed|done|working|ready)|perfect|excellent)\b|✅|✓/i,
  ],
];

interface LastWords {
  readonly text: string;
  readonly quote: (index: number) => Evidence | undefined;
}

/** The final message; where there is none, what the agent thought before its last step. */
function lastWords({ run, steps }: Context): LastWords | undefined {
  const final = run.finalMessage?.text ?? '';
  if (final.trim() !== '') return { text: final, quote: (index) => quoteFinal(run, lineAt(final, index)) };
  const last = steps.findLast(({ record }) => (record.step.thought?.trim() ?? '') !== '');
  const text = last?.record.step.thought;
  if (!last || text === undefined || last.ordinal < steps.length - 1) return undefined;
  return { text, quote: (index) => quoteAround(last.record.step, 'thought', index) };
}

/** What the agent's last words admit, claim, or leave to others. */
export const lastWordFacts: FactRule = ({ context, anchors }, emit) => {
  const words = lastWords(context);
  if (!words) return;
  for (const [name, pattern] of PATTERNS) {
    const index = find(words.text, pattern);
    if (index !== undefined) emit(name, 1, words.quote(index));
  }
  const claim = anchors.find((anchor) => anchor.kind === 'unsupported-claim');
  if (claim) emit('claims-against-evidence', 1, ...claim.evidence);
  emitAbsentFiles(context, words, emit);
};

function find(text: string, pattern: RegExp): number | undefined {
  const head = text.slice(0, WINDOW).trimEnd();
  const inHead = pattern.exec(head);
  if (inHead) return inHead.index;
  const from = Math.max(WINDOW, text.length - WINDOW);
  const inTail = pattern.exec(text.slice(from).trimEnd());
  return inTail ? from + inTail.index : undefined;
}

const FILE = /`((?:[\w.~-]*\/)*[\w-][\w.-]*\.[a-z][a-z0-9]{0,5})`/gi;

function emitAbsentFiles(context: Context, words: LastWords, emit: Parameters<FactRule>[1]): void {
  const known = new Set(context.history.paths.map(baseName));
  const named = [...words.text.slice(0, 2 * WINDOW).matchAll(FILE)].slice(0, 40);
  if (named.length === 0) return;
  for (const step of context.steps) wordsOf(step.record.step.action, known);
  const absent = named.filter(([, path = '']) => !known.has(baseName(path)));
  const [first] = absent;
  if (first) emit('names-absent-file', absent.length / named.length, words.quote(first.index));
}

function lineAt(text: string, index: number): string {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index);
  return text.slice(start, end < 0 ? undefined : end);
}

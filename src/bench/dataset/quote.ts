import { asString } from '../../base/json.ts';
import { foldWhitespace } from '../../base/text.ts';
import type { Step } from '../../model/step.ts';

/** What a manifest quotes of the artifact for a labelled step. */
export interface StepQuote {
  /** The label's step, from 1. */
  readonly step: number;
  readonly of: 'action' | 'observation';
  /** Place of the quoted lines in the artifact, as the manifest has it. */
  readonly path?: string;
  readonly content: string;
}

/** `unclear`: the quote lacks what would tell, or the step was recorded without it. */
export type Agreement = 'agrees' | 'differs' | 'unclear';

/** So much of a text's beginning and end must stand in a quote that was shortened in its middle. */
const EDGE = 40;
/** A text at least so long tells steps apart wherever it stands. */
const TELLING = 12;
const SHORTENED = /…|\[\.{3}\]|\.{3}\s*\[|\b(?:truncated|omitted|elided)\b|\b\d+ (?:more )?char/i;

/**
 * A quote made ready for many comparisons. Quoted lines are those of the file: inside JSON the step's text stands
 * escaped, in a log plainly, in arguments that are JSON inside JSON escaped twice, so all ways are looked at.
 */
export class ReadyQuote {
  readonly quote: StepQuote;
  readonly isShortened: boolean;
  private readonly texts: readonly string[];

  constructor(quote: StepQuote) {
    this.quote = quote;
    this.isShortened = SHORTENED.test(quote.content);
    const once = unescapeJson(quote.content);
    const forms = [once, quote.content, unescapeJson(once)].map(foldWhitespace);
    this.texts = [...new Set(forms)];
  }

  /** Whether a folded text stands in the quote, not as part of a longer word. */
  holds(text: string): boolean {
    return this.texts.some((quote) => standsIn(text, quote));
  }

  /** The same for a text whose middle the quote may lack. */
  holdsEdges(text: string): boolean {
    if (text.length <= 2 * EDGE) return false;
    const head = text.slice(0, EDGE);
    const tail = text.slice(-EDGE);
    return this.texts.some((quote) => {
      const at = quote.indexOf(head);
      return at >= 0 && quote.includes(tail, at);
    });
  }
}

/** Whether a quoted action is the step's own. `others` are all steps of the run, for telling apart short texts. */
export function compareAction(quote: ReadyQuote, step: Step, others: readonly Step[]): Agreement {
  const place = comparePlace(quote.quote.path, step.actionRef.artifact);
  if (place === 'differs') return 'differs';
  const texts = actionTexts(step);
  const isHeld = (all: readonly string[]): boolean =>
    all.every((text) => quote.holds(text) || quote.holdsEdges(text));
  const given = argumentTexts(step);
  const held = isHeld(texts) || (given.length > 0 && isHeld(given));
  if (!held)
    return quote.isShortened && place !== 'agrees' ? 'unclear' : place === 'agrees' ? 'agrees' : 'differs';
  if (place === 'agrees') return 'agrees';
  const thought = foldWhitespace(step.thought ?? '');
  if (thought.length >= TELLING && quote.holds(thought.slice(0, 200))) return 'agrees';
  const length = lengthOf(texts);
  const context = [thought, ...texts, foldWhitespace(step.observation ?? '')].join('\n');
  for (const other of others) {
    if (other.turn === step.turn) continue;
    const rival = actionTexts(other);
    if (lengthOf(rival) <= Math.max(length, TELLING)) continue;
    // What the agent says of another command, or is shown of it, is no sign of that command.
    if (rival.every((text) => quote.holds(text)) && !rival.every((text) => context.includes(text)))
      return 'differs';
  }
  return 'agrees';
}

/** Whether a quoted observation is what the step showed: by the lines that both hold. */
export function compareObservation(quote: ReadyQuote, step: Step): Agreement {
  const text = step.observation;
  if (text === undefined) return 'unclear';
  if (quote.holds(foldWhitespace(text)) && text.trim().length >= TELLING) return 'agrees';
  const lines = text
    .slice(0, 100_000)
    .split('\n')
    .map(foldWhitespace)
    .filter((line) => line.length >= TELLING)
    .slice(0, 200);
  const held = lines.filter((line) => quote.holds(line)).length;
  if (held > 0 && held * 2 >= lines.length) return 'agrees';
  return held === 0 && lines.length >= 3 && !quote.isShortened ? 'differs' : 'unclear';
}

/** Files that hold one event, or one episode: their names tell steps apart. */
const OWN_FILE = /(?:^|\/)(events\/\d+\.json|episode-\d+\/[\w.]+)$/;

function comparePlace(quoted: string | undefined, artifact: string): Agreement {
  const left = OWN_FILE.exec(quoted ?? '')?.[1];
  const right = OWN_FILE.exec(artifact)?.[1];
  if (left === undefined || right === undefined) return 'unclear';
  if (left !== right) return 'differs';
  // An episode may hold several commands.
  return left.startsWith('events/') ? 'agrees' : 'unclear';
}

/** The texts that a step's action is made of, folded: the text itself, or the arguments of a call that was rendered. */
function actionTexts(step: Step): string[] {
  const rendered = step.args !== undefined && step.action.startsWith(`${step.tool}\n`);
  return rendered ? argumentTexts(step) : fold([step.action]);
}

function argumentTexts(step: Step): string[] {
  return fold(Object.values(step.args ?? {}).flatMap((value) => asString(value) ?? []));
}

function fold(texts: readonly string[]): string[] {
  return texts.map(foldWhitespace).filter((text) => text !== '');
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function standsIn(text: string, quote: string): boolean {
  if (text === '') return true;
  for (let at = quote.indexOf(text); at >= 0; at = quote.indexOf(text, at + 1)) {
    const before = quote.charAt(at - 1);
    const after = quote.charAt(at + text.length);
    const opens = !/\w/.test(text.charAt(0)) || !/\w/.test(before);
    const closes = !/\w/.test(text.charAt(text.length - 1)) || !/\w/.test(after);
    if (opens && closes) return true;
  }
  return false;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function unescapeJson(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|(["\\/bfnrt]))/g, (_, hex: string | undefined, char: string) =>
    hex === undefined ? (ESCAPES[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

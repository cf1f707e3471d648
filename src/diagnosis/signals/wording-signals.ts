import type { Evidence } from '../../model/diagnosis.ts';
import { quoteAround } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import { errorEvidence } from './error-signals.ts';
import type { SignalName, SignalRule } from './signal-rule.ts';

const FABRICATION =
  /\b(?:mock(?:ed|ing)?|placeholder|dummy|fake|simulat(?:e[ds]?|ing|ion)|hard-?cod(?:e[ds]?|ing)|stub(?:bed)?|synthetic|for demonstration|pretend|made-?up|invent(?:ed)?)\b/i;
const GIVES_UP =
  /\b(?:unable to|(?:is|are|it'?s) (?:not|im)possible|not possible|not available|cannot (?:access|install|download|connect|reach|complete)|can'?t (?:access|install|download|connect|reach|complete)|no (?:network|internet) access|network restrictions?|would you like|please provide|ask (?:the )?user|await(?:ing)? (?:your|user)|manual(?:ly)? (?:download|install|intervention)|limitations? of)\b/i;
const CHANGES_APPROACH =
  /\b(?:(?:different|another|alternative|simpler|new|better) approach|instead,? (?:I|let|we)|let'?s try (?:a|another|something)|simplif(?:y|ied)|work(?: |-)?around|fall ?back|rather than)\b/i;
const CONCLUDES =
  /\b(?:the (?:issue|problem|bug|root cause|fix|solution|error) (?:is|was|seems|appears|should|must|lies)|I (?:now )?(?:understand|see|found|need to|will|should|'ll)|I'll|we need to|this (?:means|suggests|indicates|is because)|now (?:I|let me|let's))\b/i;
const CLAIMS =
  /\b(?:success(?:fully)?|complete[ds]?\b|all tests? pass|works? (?:correctly|perfectly|as expected|fine|well|now)|is (?:now )?(?:fixed|done|working|ready|resolved)|fixed the|perfect|excellent|great!)/i;
const DOUBLE_CHECKS =
  /\b(?:double[- ]?check|once (?:more|again)|one (?:last|more|final)|again|just (?:in case|to be (?:sure|safe)|to make sure)|let(?:'s| me) also|also (?:check|verify|test)|final(?:ly)?,? (?:check|verif\w*|test|look)|to be (?:absolutely |extra )?(?:sure|certain|safe)|summari[sz]e)\b/i;
const ADMITS =
  /\b(?:apologi[sz]e|confusion|my mistake|(?:made|was) a mistake|mistakenly|messed up|oops|wrong (?:file|path|directory|place|command)|I (?:forgot|misread|misunderstood))\b/i;

/** What the agent's own words give away. Words are weak evidence: each is one signal among many. */
export const wordingSignals: SignalRule = ({ context }, emit) => {
  let previous: MainStep | undefined;
  for (const step of context.steps) {
    const said = (
      name: SignalName,
      pattern: RegExp,
      fields: readonly ('thought' | 'action')[],
    ): Evidence | undefined => {
      const found = find(step, pattern, fields);
      if (found) emit(step, name, 1, found);
      return found;
    };
    said(
      'fabrication',
      FABRICATION,
      step.record.changed.length > 0 || step.onlyNotes ? ['thought', 'action'] : ['thought'],
    );
    said('gives-up', GIVES_UP, ['thought']);
    said('changes-approach', CHANGES_APPROACH, ['thought']);
    said('concludes', CONCLUDES, ['thought']);
    said('double-checks', DOUBLE_CHECKS, ['thought']);
    said('admits-mistake', ADMITS, ['thought']);
    const claim = said('claims-success', CLAIMS, ['thought']);
    if (step.onlyNotes) emitNotes(step, previous, emit);
    if (claim && previous && isFailure(previous)) {
      emit(step, 'claims-despite-failure', 1, claim, errorEvidence(previous));
    }
    previous = step;
  }
};

function emitNotes(step: MainStep, previous: MainStep | undefined, emit: Parameters<SignalRule>[1]): void {
  const quote = find(step, /completed|in_progress|pending|todo/i, ['action']);
  emit(step, 'only-notes', 1, quote);
  const done = find(step, /completed/, ['action']);
  if (!done) return;
  emit(step, 'marks-done', 1, done);
  if (previous && isFailure(previous)) emit(step, 'claims-despite-failure', 1, done, errorEvidence(previous));
}

function isFailure({ record }: MainStep): boolean {
  return record.failed || record.errors.length > 0;
}

/** Thoughts may be long: their first part and their end decide what is done next. */
const WINDOW = 6000;

function find(
  step: MainStep,
  pattern: RegExp,
  fields: readonly ('thought' | 'action')[],
): Evidence | undefined {
  for (const field of fields) {
    const text = step.record.step[field];
    if (text === undefined) continue;
    const from = Math.max(0, text.length - WINDOW);
    const match = pattern.exec(from === 0 ? text : text.slice(from));
    if (match) return quoteAround(step.record.step, field, from + match.index);
  }
  return undefined;
}

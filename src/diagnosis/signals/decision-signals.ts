import type { Evidence } from '../../model/diagnosis.ts';
import { quoteAround } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import { errorEvidence } from './error-signals.ts';
import type { SignalRule } from './signal-rule.ts';

/** So many steps after a failure a thought still speaks of it. */
const NEAR = 3;
/** What a thought makes of what it saw stands at its start, what it will do at its end. */
const START = 6000;
const END = 3000;

const TROUBLE =
  /\b(?:issues?|troubl\w+|problems?|difficult\w*|impossible|not (?:possible|available|working|able)|unable|can(?:'|no)t|couldn't|fail\w*|errors?|limit\w*|restrict\w*|timed? ?out|too (?:long|slow|complex)|taking)\b/i;
const LESS =
  /\b(?:simpl(?:e|er|ified|ify)|basic|minimal|mock\w*|simulat\w*|placeholder|dummy|fake|instead|work(?:ing)? ?around|fall ?back|alternative\w*|different approach|direct(?:ly)?|manual\w*|instructions|demonstrat\w+|known|for now|without|skip\w*|settle)\b/i;
const DECIDES =
  /\b(?:(?:the|my|our|best|right|correct|proper|a|this) (?:fix|solution|approach|plan|change|way|idea)(?: \w+)? (?:is|should|would|will|must|could)\b|so (?:the|my|we|I) (?:fix|solution|approach|plan|need|should|can|could|will)\b|I(?:'ll| will| should| need to| can| could| want to)? (?:modify|change|remove|implement|add|replace|override|rewrite|assume|treat|use)\b|(?:we|should|need to|could|let's|let me) (?:modify|change|remove|implement|add|replace|override|rewrite|assume|treat)\b|in summary|in conclusion|therefore)/i;
const UNDERSTANDS =
  /\b(?:now I (?:understand|see|have|know)|I (?:now )?(?:understand|see (?:the|that|what|why|now))|this (?:confirms|means|shows|explains|is because)|that(?:'s| is) (?:why|because)|it (?:turns out|seems|appears|looks like)|the (?:real|root|main|actual) (?:issue|problem|cause|reason)|(?:perfect|great|excellent|good)[!.])/i;
const DISMISSES =
  /\b(?:(?:this|that|it|which)(?:'s| is| are)? (?:probably |likely |just |only |actually )?(?:fine|okay|ok|expected|normal|acceptable|sufficient|enough|unrelated|not (?:a|an|our|critical|important|needed|necessary|related))|good enough|for now|(?:can|could|will|should) (?:be )?(?:ignore|skip|proceed|continue|move on|work without)\w*|doesn't matter|not (?:critical|important|necessary|required|needed)|main (?:thing|functionality|part)|(?:but|however),? (?:the|we|it|this) (?:\w+ ){0,4}(?:works?|built|was|is|have|has|should)|let'?s (?:proceed|continue|move on))/i;

/** Decisions that stand in thoughts alone: making do with less, reading a result, passing over a failure. */
export const decisionSignals: SignalRule = ({ context }, emit) => {
  let failure: MainStep | undefined;
  let last: { step: MainStep; quote: Evidence | undefined } | undefined;
  for (const step of context.steps) {
    const { record } = step;
    const near = failure !== undefined && step.ordinal - failure.ordinal <= NEAR;
    const start = (record.step.thought ?? '').slice(0, START);
    if (near || TROUBLE.test(start)) {
      const less = quoteMatch(step, LESS);
      if (less) {
        emit(step, 'makes-do', 1, less);
        last = { step, quote: less };
      }
    }
    const decides = quoteMatch(step, DECIDES, true);
    const understands = quoteMatch(step, UNDERSTANDS);
    if (decides) emit(step, 'decides', 1, decides);
    if (decides && understands) emit(step, 'concludes-and-decides', 1, understands, decides);
    const dismisses = quoteMatch(step, DISMISSES);
    if (dismisses) emit(step, 'plays-down', 1, dismisses);
    if (dismisses && near && failure) emit(step, 'plays-down-failure', 1, dismisses, errorEvidence(failure));
    if (record.failed || record.errors.length > 0) failure = step;
  }
  if (last) emit(last.step, 'last-makes-do', 1, last.quote);
};

function quoteMatch({ record: { step } }: MainStep, pattern: RegExp, atEnd = false): Evidence | undefined {
  const thought = step.thought ?? '';
  const from = atEnd ? Math.max(0, thought.length - END) : 0;
  const match = pattern.exec(atEnd ? thought.slice(from) : thought.slice(0, START));
  return match ? quoteAround(step, 'thought', from + match.index) : undefined;
}

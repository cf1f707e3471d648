import type { RunException } from '../../model/run.ts';

/** What the harness's own error texts say, most telling first: an API's time-out is the API's, not the run's. */
const SIGNS: readonly (readonly [RunException['kind'], RegExp])[] = [
  [
    'limit',
    /max(?:imum)? ?(?:iteration|budget|cost)|(?:iteration|budget) (?:limit|exceeded)|context ?window/i,
  ],
  ['api', /litellm|rate ?limit|api ?connection|service ?unavailable|authentication|internal ?server ?error/i],
  ['api', /\bLLM|bad ?request|quota|credits|overloaded/i],
  ['timeout', /timed out|time-?out|deadline/i],
  ['crash', /runtime(?!error)|container|disconnected|crash|killed|out of memory/i],
];

/** The kind of an error that ended or disturbed a run; what is not recognised is the harness's. */
export function classifyFailure(text: string): RunException['kind'] {
  return SIGNS.find(([, sign]) => sign.test(text))?.[0] ?? 'harness';
}

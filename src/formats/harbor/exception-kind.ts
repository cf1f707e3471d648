import type { RunException } from '../../model/run.ts';

/** Beginnings and parts of exceptions' names, the first that fits counts; what fits none is a crash. */
const KINDS: readonly (readonly [RegExp, RunException['kind']])[] = [
  [/^Agent(?:Execution)?Timeout/, 'timeout'],
  [/Verifier|Reward|Environment|Setup|Download|Docker|Sandbox|Upload|Build|Healthcheck/i, 'harness'],
  [/^(?:CancelledError|KeyboardInterrupt|RetryError)$/, 'harness'],
  [/Context|OutputLength|MaxTurns|MaxSteps|Budget|Exhausted|LimitExceeded|TokenLimit|CostLimit/i, 'limit'],
  [
    /RateLimit|Authentication|Overloaded|ServiceUnavailable|InternalServer|BadRequest|API|Llm|LLM|ModelNot/,
    'api',
  ],
  [/Timeout/, 'timeout'],
];

/** What an exception that ended a trial says of its cause, by its name. */
export function exceptionKind(type: string): RunException['kind'] {
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'crash';
}

import type { RunException } from '../../model/run.ts';

const API =
  /RateLimit|API|ServerError|ServiceUnavailable|Authentication|PermissionDenied|NotFoundError|BadRequest|BadGateway|Unprocessable|UnsupportedParams|Connection|^Openrouter|^Portkey|^Requesty|ContentPolicy/i;
const LIMIT = /LimitsExceeded|ContextWindow|RepeatedFormatError|CostLimit|StepLimit/i;
const TIMEOUT = /^TimeExceeded$|^TimeoutExpired$|^TimeoutError$|Timeout$/i;
const HARNESS =
  /Docker|Singularity|Container|CalledProcess|Environment|FileNotFound|KeyboardInterrupt|Interrupt/i;

/** What kind of ending an exit status is; undefined for a run that ended as it should. The names are exception classes. */
export function kindOfExit(status: string, detail: string): RunException['kind'] | undefined {
  if (status === '' || status === 'Submitted') return undefined;
  if (LIMIT.test(status)) return 'limit';
  // A timeout of the model's service is named like one of the run; its message names the client library.
  if (API.test(status) || /^(?:litellm|openai|anthropic|httpx)\./.test(detail)) return 'api';
  if (TIMEOUT.test(status)) return 'timeout';
  return HARNESS.test(status) ? 'harness' : 'crash';
}

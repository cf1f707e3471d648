import type { RunBuilder } from '../../model/run-builder.ts';
import type { ModelRequest } from './read-requests.ts';

/**
 * Keeps what the editor showed of requests whose answers the history lacks (condensed away, or broken off). The history alone
 * counts the steps, so these are messages. Results are told by what was sent next; `areLast` when nothing was.
 */
export function keepPassed(run: RunBuilder, requests: readonly ModelRequest[], areLast = false): void {
  for (const [index, { sent, shown }] of requests.entries()) {
    if (sent) run.message({ role: 'environment', kind: 'notice', ...sent });
    const next = requests[index + 1];
    const isTold = next ? next.sent !== undefined : !areLast;
    for (const { role, text, place } of shown) {
      if (role === 'environment' && isTold) continue;
      run.message({ role, kind: role === 'user' ? 'prompt' : 'notice', text, place });
    }
  }
}

/** Keeps the calls of an answer that were broken off while they were written: they never ran. */
export function keepBrokenOff(run: RunBuilder, request: ModelRequest | undefined): void {
  for (const { text, place, brokenOff } of request?.shown ?? []) {
    if (!brokenOff) continue;
    run.message({ role: 'assistant', kind: 'notice', text, place });
    run.log.fold('abandoned-call', 'info', 'a call was broken off while it was written', place);
  }
}

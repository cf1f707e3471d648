import { describe, expect, it } from 'vitest';
import type { RunId } from '../src/model/ids.ts';
import { RunBuilder } from '../src/model/run-builder.ts';
import type { PendingStep, ThreadBuilder } from '../src/model/thread-builder.ts';
import { buildTimeline } from '../src/model/timeline.ts';

function addCall(thread: ThreadBuilder): PendingStep {
  thread.beginTurn();
  return thread.call({ tool: 'bash', action: 'ls', place: { artifact: 'a' } });
}

describe('the timeline of a run', () => {
  it('holds every step once, those below an orphan too', () => {
    const run = new RunBuilder({ format: 'atif', path: 'a' });
    const first = addCall(run);
    addCall(run.branch(first));
    addCall(run);
    const orphan = run.branch(undefined);
    const below = addCall(orphan);
    addCall(orphan);
    addCall(run.branch(below));
    const built = run.build('r' as RunId);
    expect(buildTimeline(built).map(({ id }) => id)).toEqual([
      '1',
      '1.1',
      '2',
      'orphan.1',
      'orphan.1.1',
      'orphan.2',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { RunId } from './ids.ts';
import { RunBuilder } from './run-builder.ts';
import { withholdOutcome } from './withhold-outcome.ts';

function build(exitStatus: string): ReturnType<RunBuilder['build']> {
  const run = new RunBuilder({ format: 'noted', path: 'noted' });
  run.artifact({ path: 'agent.jsonl', use: 'steps' });
  run.artifact({ path: 'result.json', use: 'enrichment' });
  run.exitStatus = exitStatus;
  const told = { artifact: 'result.json', pointer: '/failure_mode' };
  run.exceptions.push({ kind: 'timeout', message: 'agent_timeout', place: told });
  run.exceptions.push({ kind: 'api', message: 'overloaded', place: { artifact: 'agent.jsonl', line: 3 } });
  run.exceptions.push({ kind: 'harness', message: 'no tests', place: { artifact: 'agent.jsonl', line: 4 } });
  run.outcomeSignals.push({
    source: 'result.json',
    says: 'failed',
    detail: '0',
    place: told,
    authority: 'checker',
  });
  return run.build('noted' as RunId);
}

describe('withholdOutcome', () => {
  it('keeps what the agent’s own records say, and nothing that a file of results does', () => {
    const run = build('agent_timeout');
    expect(run.outcome.kind).toBe('failed');
    const withheld = withholdOutcome(run);
    expect(withheld.outcome).toEqual({ kind: 'unknown', signals: [], conflicting: false, checks: [] });
    expect(withheld.exceptions.map(({ message }) => message)).toEqual(['overloaded']);
    expect(withheld).not.toHaveProperty('exitStatus');
  });

  it('keeps an exit status that the agent’s own records name', () => {
    expect(withholdOutcome(build('success')).exitStatus).toBe('success');
  });
});

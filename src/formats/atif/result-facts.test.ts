import { describe, expect, it } from 'vitest';
import { readResultStatus } from './result-facts.ts';

describe('readResultStatus', () => {
  it.each([
    ['Exit code 127\nsh: x: not found', { exitCode: 127, status: 'error' }],
    [
      'out\n[Current working directory: /srv/app]\n[Command finished with exit code 0]',
      { exitCode: 0, status: 'ok', recordedCwd: '/srv/app' },
    ],
    ['<returncode>1</returncode>\n<output>no</output>', { exitCode: 1, status: 'error' }],
    ["The user doesn't want to proceed with this tool use.", { status: 'rejected' }],
    ['Command timed out after 2m 0.0s', { status: 'timeout' }],
    ['The log says Exit code 3', {}],
    ['plain', {}],
  ])('%j', (text, facts) => {
    expect(readResultStatus(text, undefined)).toEqual(facts);
  });

  it("takes the agent's own record where the exporter kept it", () => {
    expect(readResultStatus('done', { tool_result_metadata: {} })).toEqual({ status: 'ok' });
    expect(readResultStatus('no', { tool_result_metadata: {}, tool_result_is_error: true })).toEqual({
      status: 'error',
    });
    const interrupted = { tool_result_metadata: { tool_use_result: { interrupted: true } } };
    expect(readResultStatus('', interrupted)).toEqual({ status: 'interrupted' });
  });

  it('looks for markers at both ends of a long output only', () => {
    const filler = 'x'.repeat(5000);
    expect(readResultStatus(`${filler}[Command finished with exit code 2]${filler}`, undefined)).toEqual({});
    expect(readResultStatus(`${filler}[Command finished with exit code 2]`, undefined)).toMatchObject({
      exitCode: 2,
    });
  });
});

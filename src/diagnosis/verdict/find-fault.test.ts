import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../test/support/diagnose-noted.ts';
import { type Fault, findFault } from './find-fault.ts';

function faultOf(text: string): Fault | undefined {
  const { context, anchors } = partsOf(text);
  return findFault(context, anchors);
}

describe('findFault', () => {
  it('takes a failing service of the model for a fault of the surroundings, a limit for none', () => {
    expect(faultOf('exception: api 500 overloaded\n1 > ls\nsrc')?.says).toBe(
      'the surroundings failed: 500 overloaded',
    );
    expect(faultOf('exception: limit 50 steps\n1 > ls\nsrc')).toBeUndefined();
  });

  it('sees a machine die under the last steps, with the line that says so', () => {
    const dead = '! make\ncc: error writing: No space left on device';
    expect(faultOf(`1 ${dead}`)?.evidence[0]).toMatchObject({
      step: '1',
      quote: 'cc: error writing: No space left on device',
    });
    expect(faultOf(`1 ${dead}\n2 > rm -r build\n3 > make\nok\n4 > ls\nsrc`)).toBeUndefined();
    expect(faultOf('1 > grep -r device notes\nNo space left on device')).toBeUndefined();
  });

  it('tells a check that cannot be loaded from one that failed', () => {
    const outcome = (test: string): string => `outcome: failed ${test}\n1 > ls\nsrc`;
    expect(faultOf(outcome('tests/test_outputs.py::test_x "AssertionError: 1"'))).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { findInstance } from './read-report.ts';

const REPORT = `# SWE-bench Report
## Summary
- resolved instances: 1
## Resolved Instances
- [acme__greeter-7](logs/7.log)
## Unresolved Instances
- [acme__greeter-70](logs/70.log)
- acme__greeter-8
## Error Instances
- [acme__greeter-9](logs/9.log)
## Notes
- [acme__greeter-1](logs/1.log)
`;

describe('findInstance', () => {
  it.each([
    ['acme__greeter-7', 'solved', 5],
    ['acme__greeter-70', 'failed', 7],
    ['acme__greeter-8', 'failed', 8],
    ['acme__greeter-9', 'failed', 10],
  ])('%s is %s', (instance, says, line) => {
    expect(findInstance(REPORT, instance)).toMatchObject({ says, line });
    expect(findInstance(REPORT.replaceAll('\n', '\r\n'), instance)).toMatchObject({ says, line });
  });

  it.each(['acme__greeter-1', 'acme__greeter', 'resolved instances: 1', ''])(
    'says nothing of %j',
    (instance) => {
      expect(findInstance(REPORT, instance)).toBeUndefined();
    },
  );
});

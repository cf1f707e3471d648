import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // What somebody learnt on this machine must not read the artifacts of the tests.
    env: { CODETRACER_EXTRACTORS: 'test/fixtures/no-extractors' },
    testTimeout: 30_000,
    pool: 'threads',
    // Tests share no state that they change, and loading modules anew for each file takes longer than most tests.
    isolate: false,
  },
});

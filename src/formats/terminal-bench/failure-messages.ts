import { parseTestOutput } from '../../testreports/parse-test-output.ts';

/**
 * Messages of failing tests from the checker's screen, by the name under which `parser_results` lists a test: the last
 * part of the runner's own name. Where two files have a test of that name, the first message stands.
 */
export function readFailureMessages(screen: string): Map<string, string> {
  const messages = new Map<string, string>();
  for (const { test, message } of parseTestOutput('pytest', screen)?.results ?? []) {
    const name = test.slice(test.lastIndexOf('::') + (test.includes('::') ? 2 : 1));
    if (message !== undefined && !messages.has(name)) messages.set(name, message);
  }
  return messages;
}

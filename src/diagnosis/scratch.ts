import { baseName } from '../base/path.ts';
import type { TaskFacts } from './task-facts.ts';

const SCRATCH_FOLDER = /^(?:\/private)?\/(?:var\/)?tmp\/|^\/dev\/|\/(?:scratch|tmp|temp)\//;
const SCRATCH_NAME =
  /^(?:repro\w*|reproduc\w*|debug\w*|check\w*|try\w*|demo\w*|scratch\w*|tmp\w*|temp\w*|verify\w*|validat\w*|example\w*|simple_test\w*|quick\w*|explor\w*|inspect\w*|investigat\w*|minimal\w*|my_test\w*|test(?!_)|foo|bar|patch)(?:[_-].*)?\.\w+$/i;
const TEST_NAME = /^(?:test_.*|.*_test|.*\.test|.*\.spec|conftest|tests?)\.\w+$/i;

/**
 * Whether a path is the agent's own scratch file: thrown-away scripts, logs in /tmp; never what the task names. A name
 * alone makes no scratch file of what was there before the run.
 *
 * Wider than `isScratchPath` of the state, which must be sure that a file is no part of the work: this one only says what a
 * step is blamed for, knows the task, and the fitted weights rest on it as it is.
 */
export function isScratch(path: string, task: TaskFacts, existedBefore = false): boolean {
  const name = baseName(path);
  if (task.paths.has(path) || task.names.has(name)) return false;
  if (SCRATCH_FOLDER.test(path)) return true;
  return (
    !existedBefore &&
    (SCRATCH_NAME.test(name) || /(?:\.(?:log|out|err|pid|bak|backup|orig|old|save)|~)$/.test(name))
  );
}

export function isTestFile(path: string): boolean {
  return TEST_NAME.test(baseName(path)) || /(?:^|\/)(?:tests?|__tests__|spec)\//.test(path);
}

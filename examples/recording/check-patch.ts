import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workspace } from './workspace.ts';

export interface CheckResult {
  /** Test id, as Python's unittest names it, to whether it passed. */
  readonly tests: ReadonlyMap<string, boolean>;
  readonly output: string;
}

/** Applies a patch to a fresh copy of the task and runs the hidden tests there; no patch checks the task as it is. */
export function checkPatch(patch: string | undefined): CheckResult {
  const workspace = new Workspace();
  try {
    if (patch !== undefined) {
      writeFileSync(join(workspace.folder, 'patch.txt'), patch);
      workspace.expect('git apply patch.txt && rm patch.txt');
    }
    workspace.addChecker();
    const { output } = workspace.run('python3 -m unittest -v tests.test_checker');
    const tests = new Map<string, boolean>();
    for (const [, id = '', word] of output.matchAll(/^(test_\S+ \(\S+\)) \.\.\. (ok|FAIL|ERROR)$/gm)) {
      tests.set(id, word === 'ok');
    }
    if (tests.size === 0) throw new Error(`the checker ran no test:\n${output}`);
    return { tests, output };
  } finally {
    workspace.remove();
  }
}

/**
 * A report in the shape of SWE-bench's `report.json`. What failed before the patch should pass after it, and what
 * passed should still pass.
 */
export function buildReport(id: string, before: CheckResult, after: CheckResult): object {
  const split = (wanted: boolean) => {
    const ids = [...before.tests].filter(([, passed]) => passed === wanted).map(([test]) => test);
    return {
      success: ids.filter((test) => after.tests.get(test) === true),
      failure: ids.filter((test) => after.tests.get(test) !== true),
    };
  };
  const status = { FAIL_TO_PASS: split(false), PASS_TO_PASS: split(true) };
  const failures = status.FAIL_TO_PASS.failure.length + status.PASS_TO_PASS.failure.length;
  return {
    [id]: {
      patch_is_None: false,
      patch_exists: true,
      patch_successfully_applied: true,
      resolved: failures === 0,
      tests_status: {
        ...status,
        FAIL_TO_FAIL: { success: [], failure: [] },
        PASS_TO_FAIL: { success: [], failure: [] },
      },
    },
  };
}

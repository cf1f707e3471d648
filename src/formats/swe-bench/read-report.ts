import { asArray, asBoolean, asString, at, isObject, pointer } from '../../base/json.ts';
import type { OutcomeKind } from '../../model/outcome.ts';
import type { TestResult } from '../../model/test-result.ts';

/** What a report says about one instance. */
export interface Verdict {
  readonly says: OutcomeKind;
  readonly detail: string;
  /** What stands at the pointer. */
  readonly quote: string;
  readonly pointer: string;
  /** Named checks; passing ones of PASS_TO_PASS are only counted in `detail`. */
  readonly checks: readonly TestResult[];
}

/** Lists of instance ids by outcome, as the harness of each time names them. */
const LISTS: readonly (readonly [string, OutcomeKind])[] = [
  ['resolved_ids', 'solved'],
  ['unresolved_ids', 'failed'],
  ['empty_patch_ids', 'failed'],
  ['error_ids', 'unknown'],
  ['resolved', 'solved'],
  ['no_generation', 'failed'],
  ['no_apply', 'failed'],
  ['no_logs', 'unknown'],
  ['install_fail', 'unknown'],
  ['reset_failed', 'unknown'],
];

/** Reads any report of the SWE-bench family for one instance; undefined when it does not speak of it. */
export function readReport(document: unknown, id: string, artifact: string): Verdict | undefined {
  if (!isObject(document)) return undefined;
  const own = at(document, id);
  if (isObject(own) && asBoolean(own.resolved) !== undefined) return readInstance(own, pointer(id), artifact);
  if (asBoolean(document.resolved) !== undefined) {
    const named = asString(document.instance_id);
    return named === undefined || named === id ? readInstance(document, '', artifact) : undefined;
  }
  return readSummary(document, id, artifact) ?? readLists(document, id);
}

function readInstance(report: Record<string, unknown>, place: string, artifact: string): Verdict {
  const solved = report.resolved === true;
  const checks: TestResult[] = [];
  const counts: string[] = [];
  for (const group of ['FAIL_TO_PASS', 'PASS_TO_PASS']) {
    const passed = namesAt(report, group, 'success');
    const failed = namesAt(report, group, 'failure');
    if (passed.length + failed.length === 0) continue;
    counts.push(`${group} ${passed.length} of ${passed.length + failed.length}`);
    const ref = (list: string, index: number) => ({
      artifact,
      pointer: `${place}${pointer('tests_status', group, list, index)}`,
    });
    for (const [index, test] of failed.entries()) {
      const message = `expected to pass (${group}), failed`;
      checks.push({ test, status: 'failed', message, place: ref('failure', index) });
    }
    if (group === 'PASS_TO_PASS') continue;
    for (const [index, test] of passed.entries()) {
      checks.push({ test, status: 'passed', place: ref('success', index) });
    }
  }
  if (report.patch_exists === false || report.patch_is_None === true) counts.push('no patch');
  else if (report.patch_successfully_applied === false) counts.push('the patch did not apply');
  const detail = [`resolved: ${solved}`, ...counts].join('; ');
  return {
    says: solved ? 'solved' : 'failed',
    detail,
    quote: String(solved),
    pointer: `${place}/resolved`,
    checks,
  };
}

function namesAt(report: unknown, group: string, list: string): string[] {
  const names = asArray(at(report, 'tests_status', group, list)) ?? [];
  return names.filter((name) => typeof name === 'string');
}

/** A summary that lists every instance with its outcome. */
function readSummary(document: Record<string, unknown>, id: string, artifact: string): Verdict | undefined {
  const instances = asArray(document.instances) ?? [];
  const index = instances.findIndex((instance) => at(instance, 'instance_id') === id);
  const found = instances[index];
  if (!isObject(found) || asBoolean(found.resolved) === undefined) return undefined;
  return readInstance(found, pointer('instances', index), artifact);
}

function readLists(document: Record<string, unknown>, id: string): Verdict | undefined {
  for (const [list, says] of LISTS) {
    const index = (asArray(document[list]) ?? []).indexOf(id);
    if (index < 0) continue;
    return { says, detail: `${id} stands in ${list}`, quote: id, pointer: pointer(list, index), checks: [] };
  }
  return undefined;
}

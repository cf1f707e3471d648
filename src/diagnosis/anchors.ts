import type { Anchor, Evidence } from '../model/diagnosis.ts';
import { quoteAny, quoteAround, quoteArtifact, quoteFinal, quoteFrom } from '../model/quote.ts';
import type { Run, RunException } from '../model/run.ts';
import type { Context } from './context.ts';

/** At most so many anchors of one kind: a checker with 500 failing tests says the same as one with 20. */
const PER_KIND = 20;

/** Failures that were observed: what the backward slice starts from. Worst and most certain first. */
export function findAnchors(context: Context): Anchor[] {
  return [
    ...fromChecks(context.run),
    ...fromExceptions(context),
    ...fromTests(context),
    ...fromErrors(context),
    ...fromMissingOutputs(context),
    ...fromFinalClaim(context),
  ];
}

function fromChecks(run: Run): Anchor[] {
  const failed = run.outcome.checks.filter((check) => check.status === 'failed' || check.status === 'error');
  return failed.slice(0, PER_KIND).map((check) => ({
    kind: 'failed-check',
    message: check.message === undefined ? check.test : `${check.test}: ${check.message}`,
    // A check's name stands in its report as it is; its message may have been put together from several places.
    evidence: check.place ? [quoteArtifact(check.test, check.place)] : [],
    mentions: mentionsOf(`${check.test} ${check.message ?? ''}`),
  }));
}

function fromExceptions({ run, steps }: Context): Anchor[] {
  const last = steps.at(-1);
  // Where the artifact has no words for it, the run broke off after its last step.
  const end = last && quoteAny(last.record.step);
  return run.exceptions.slice(0, PER_KIND).map((exception) => ({
    kind: kindOf(exception.kind),
    message: exception.message,
    evidence: quoteException(exception, end),
    mentions: [],
  }));
}

function quoteException({ message, quote = message, place }: RunException, end?: Evidence): Evidence[] {
  if (quote !== '') return [quoteArtifact(quote, place)];
  return end ? [end] : [];
}

function kindOf(kind: RunException['kind']): Anchor['kind'] {
  if (kind === 'timeout' || kind === 'limit') return 'limit';
  return kind === 'crash' ? 'exception' : 'infrastructure';
}

/** Tests that failed the last time the agent ran them. */
function fromTests({ history }: Context): Anchor[] {
  const end = history.at(history.records.length - 1);
  const failing = [...end.tests.values()].filter(
    (test) => test.status === 'failed' || test.status === 'error',
  );
  return failing.slice(0, PER_KIND).map(({ test, step }) => {
    const position = history.position(step);
    const record = position === undefined ? undefined : history.records[position];
    const at = record?.step.observation?.indexOf(test) ?? -1;
    const shown = record && at >= 0 ? quoteAround(record.step, 'observation', at) : undefined;
    const evidence = shown ?? (record && quoteAny(record.step));
    return {
      kind: 'failing-test',
      message: `${test} failed when the agent last ran it`,
      step,
      evidence: evidence ? [evidence] : [],
      mentions: mentionsOf(test),
    };
  });
}

/** Errors that nothing after them resolved. */
function fromErrors({ history }: Context): Anchor[] {
  const open = history.errors.filter((error) => error.resolvedBy === undefined);
  return open.slice(-PER_KIND).map((error) => {
    const position = history.position(error.step);
    const record = position === undefined ? undefined : history.records[position];
    const shown = record && quoteFrom(record.step, 'observation', error.line);
    const evidence = shown ?? (record && quoteAny(record.step));
    return {
      kind: 'unresolved-error',
      message: error.line,
      step: error.step,
      evidence: evidence ? [evidence] : [],
      mentions: [...error.files.map((file) => file.path), ...mentionsOf(error.line)],
    };
  });
}

/** Files that the task asks for and that no step made or was seen to find. */
function fromMissingOutputs({ task, history, run }: Context): Anchor[] {
  const place = run.task?.place;
  if (!place || task.outputs.length === 0) return [];
  const made = history.paths.filter(
    (path) => history.at(history.records.length - 1).file(path)?.exists !== false,
  );
  const missing = task.outputs.filter(
    (output) => !made.some((path) => path === output || path.endsWith(`/${output}`)),
  );
  return missing.slice(0, PER_KIND).map((output) => ({
    kind: 'missing-output',
    message: `the task names ${output}, and no step is known to have made it`,
    evidence: [quoteArtifact(lineAround(task.text, output), place)],
    mentions: [output],
  }));
}

const SUCCESS =
  /\b(?:success(?:fully)?|complete[ds]?|all (?:tests|checks) pass\w*|works? (?:correctly|as expected)|is (?:now )?(?:fixed|done|working|ready))\b/i;

/** The agent's last word claims success while its own last evidence says otherwise. */
function fromFinalClaim(context: Context): Anchor[] {
  const final = context.run.finalMessage?.text ?? '';
  const at = final.search(SUCCESS);
  if (at < 0) return [];
  const end = context.history.at(context.history.records.length - 1);
  const failing = [...end.tests.values()].some((test) => test.status === 'failed' || test.status === 'error');
  const lastSteps = context.steps.slice(-3);
  const openNow = lastSteps.some((step) =>
    step.record.errors.some((error) => error.resolvedBy === undefined),
  );
  if (!failing && !openNow) return [];
  return [
    {
      kind: 'unsupported-claim',
      message: 'the agent claims success while its last evidence shows a failure',
      evidence: [quoteFinal(context.run, lineAt(final, at))].filter((item) => item !== undefined),
      mentions: [],
    },
  ];
}

function lineAround(text: string, needle: string): string {
  return lineAt(text, Math.max(0, text.indexOf(needle)));
}

function lineAt(text: string, index: number): string {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index);
  return text.slice(start, end < 0 ? undefined : end);
}

const MENTION =
  /[\w./-]+\.(?:py|js|ts|c|h|cpp|go|rs|java|rb|sh|json|ya?ml|toml|txt|csv|html|md|sql)\b|\b[A-Za-z_]\w*(?:_\w+)+\b/g;

/** File names and identifiers in a failure's text. */
function mentionsOf(text: string): string[] {
  return [...new Set(text.slice(0, 4000).match(MENTION) ?? [])].slice(0, 30);
}

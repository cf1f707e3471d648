import { baseName } from '../../base/path.ts';
import type { Evidence } from '../../model/diagnosis.ts';
import { quoteAround, quoteFrom, quoteHead } from '../../model/quote.ts';
import type { FileVersion, StepRecord } from '../../model/state.ts';

/** A quote shorter than this stands in any text: it shows nothing. */
const TELLING = 4;

const compact = (quotes: readonly (Evidence | undefined)[]): Evidence[] => {
  const kept: Evidence[] = [];
  for (const quote of quotes) {
    if (quote && !kept.some((other) => other.field === quote.field && other.quote === quote.quote))
      kept.push(quote);
  }
  return kept;
};

/** The action of a step by the line of it that names something, else by its first telling line. */
export function citeAction(
  { step }: StepRecord,
  ...names: readonly (string | undefined)[]
): Evidence | undefined {
  for (const name of names) {
    const at = name === undefined || name.length < 2 ? -1 : step.action.indexOf(name);
    if (at >= 0) return quoteAround(step, 'action', at) ?? quoteHead(step, 'action');
  }
  return quoteHead(step, 'action');
}

/** The line of a step's output that holds a text; undefined when none does. */
export function citeOutput({ step }: StepRecord, text: string | undefined): Evidence | undefined {
  const at = text === undefined || text === '' ? -1 : (step.observation?.indexOf(text) ?? -1);
  return at < 0 ? undefined : quoteAround(step, 'observation', at);
}

/** Quotes for a step's having made a version: the line that it brought in where a text of the step holds it. */
export function citeChange(record: StepRecord, { path }: FileVersion, line?: string): Evidence[] {
  const { step } = record;
  const text = line?.trim() ?? '';
  const exact = text.length < TELLING ? undefined : quoteFrom(step, 'action', text);
  const shown =
    exact || text.length < TELLING || step.observation === undefined
      ? undefined
      : quoteFrom(step, 'observation', text);
  return compact([exact ?? shown, exact ? undefined : citeAction(record, path, baseName(path))]);
}

/** Quotes for a step's result: what it says, and what was done to get it. */
export function citeResult(record: StepRecord, ...texts: readonly (string | undefined)[]): Evidence[] {
  const said = texts.map((text) => citeOutput(record, text)).find((quote) => quote !== undefined);
  return compact([said ?? quoteHead(record.step, 'observation'), citeAction(record)]);
}

/** Quotes for a step's having done something that its action, or its output, names. */
export function citeDoing(record: StepRecord, ...names: readonly (string | undefined)[]): Evidence[] {
  const said = names.map((name) => citeOutput(record, name)).find((quote) => quote !== undefined);
  return compact([citeAction(record, ...names), said]);
}

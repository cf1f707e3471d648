import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Conformance, Drift, KindShare } from './conformance.ts';
import type { Lacking } from './record-judge.ts';

/** Less text than this may be a label or a mark that says nothing of the run. */
const MIN_BYTES = 24;
/** Of what is lost in a field, or in a kind, at least this share: below it the format read the field and cut something off. */
const MOST = 0.5;

/** What of an artifact is not as its format knows it, the heaviest finding first. */
export function findDrift(
  { kinds, sampled, steps }: Pick<Conformance, 'kinds' | 'sampled' | 'steps'>,
  lacking: readonly Lacking[],
  diagnostics: readonly Diagnostic[],
): Drift[] {
  const found: Drift[] = [];
  // A run that is not held whole lacks texts for that reason.
  if (sampled?.partialRun !== true)
    for (const kind of kinds) if (steps === 0 || !isLogText(kind)) found.push(...driftOfKind(kind));
  found.sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0));
  found.push(...lacking.map(driftOfLack));
  for (const code of ['unknown-record', 'unexpected-shape', 'unpaired-result'] as const) {
    for (const diagnostic of diagnostics) {
      if (diagnostic.code !== code) continue;
      const { message, place, count } = diagnostic;
      found.push({ what: code, message, records: count ?? 1, ...(place && { place }) });
    }
  }
  return found;
}

/** Lines of text in a log are other programs' words too, unless no step was found at all. */
function isLogText({ kind }: KindShare): boolean {
  return kind === 'text-line' || kind === 'terminal-line' || kind.endsWith('.log');
}

function driftOfKind({ kind, records, text, lost }: KindShare): Drift[] {
  const [worst] = lost;
  if (!worst || text.unexplained < MIN_BYTES) return [];
  if (text.unexplained >= text.bytes * MOST) {
    const message = `${text.unexplained} of ${text.bytes} bytes of text in records of kind ${kind} are not in the run, first in ${worst.field || 'the record'}: ${worst.example}`;
    const { field, place } = worst;
    return [{ what: 'unread-kind', message, kind, field, place, records, bytes: text.unexplained }];
  }
  return lost
    .filter(({ bytes, unexplained }) => unexplained >= MIN_BYTES && unexplained >= bytes * MOST)
    .map(({ field, bytes, unexplained, place, example }) => ({
      what: 'lost-text',
      message: `${unexplained} of ${bytes} bytes of text in ${field} of ${kind} are not in the run: ${example}`,
      kind,
      field,
      place,
      bytes: unexplained,
    }));
}

function driftOfLack({ need, found, count, place }: Lacking): Drift {
  const instead = found === 'nothing' ? 'is not there' : `is ${found}, not ${need.is.join(' or ')}`;
  return {
    what: 'missing-field',
    message: `${need.field} of ${need.of} ${instead} (${count} times)`,
    kind: need.of,
    field: need.field,
    place,
    records: count,
  };
}

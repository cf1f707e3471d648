import { isTooDeep } from '../../base/json-depth.ts';
import { type ExtractorSpec, SPEC_LIMITS, specSchema } from './spec.ts';

export type ParsedSpec =
  | { readonly ok: true; readonly spec: ExtractorSpec }
  | { readonly ok: false; readonly problems: readonly string[] };

const MAX_PROBLEMS = 20;
const MAX_DEPTH = 20;

/** An unknown JSON value as a spec, or what is wrong with it. Never throws: a value that nests too deeply is refused too. */
export function parseSpec(value: unknown): ParsedSpec {
  if (isTooDeep(value, MAX_DEPTH)) return refuse(['it nests too deeply']);
  const parsed = specSchema.safeParse(value);
  if (!parsed.success) {
    return refuse(
      parsed.error.issues
        .slice(0, MAX_PROBLEMS)
        .map(
          ({ path, message }) => `${path.length === 0 ? 'the spec' : path.map(String).join('.')}: ${message}`,
        ),
    );
  }
  const size = JSON.stringify(parsed.data).length;
  if (size > SPEC_LIMITS.characters) {
    return refuse([`it has ${size} characters; at most ${SPEC_LIMITS.characters} are read`]);
  }
  const problems = parsed.data.rules.flatMap((rule, index) =>
    rule.role === 'call' && rule.args === undefined && rule.command === undefined && rule.fence === undefined
      ? [`rules.${index}: a call needs args, command or fence`]
      : [],
  );
  return problems.length > 0 ? refuse(problems) : { ok: true, spec: parsed.data };
}

function refuse(problems: readonly string[]): ParsedSpec {
  return { ok: false, problems };
}

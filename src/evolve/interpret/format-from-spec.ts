import type { Answer, ExtractInput, Format, LeftOut, Question } from '../../formats/format.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractorSpec } from '../spec/spec.ts';
import { detectBySpec } from './detect-by-spec.ts';
import { interpretArtifact, learntId } from './interpret-artifact.ts';

/** A learnt extractor as a format like any other, with the id `learnt:<name>`. */
export function formatFromSpec(spec: ExtractorSpec): Format {
  return {
    id: learntId(spec),
    title: spec.title,
    units: [spec.source.unit === 'folder' ? 'directory' : 'file'],
    answers: answersOf(spec),
    leavesOut: leftOutBy(spec),
    detect: (probe) => detectBySpec(spec, probe),
    extract: (input) => extractBySpec(spec, input),
  };
}

async function* extractBySpec(spec: ExtractorSpec, input: ExtractInput): AsyncIterable<RunBuilder> {
  const { run } = await interpretArtifact(spec, input);
  yield run;
}

/** What the `ignore` rules pass over, as the conformance report asks for it. */
function leftOutBy(spec: ExtractorSpec): LeftOut[] {
  return spec.rules.flatMap((rule): LeftOut[] => {
    if (rule.role !== 'ignore') return [];
    const named = rule.when.find((condition) => condition.in && !condition.path.includes('['));
    const values = (named?.in ?? []).filter((value) => typeof value === 'string' && !value.includes(':'));
    return values.map((value) => ({ path: `${named?.path ?? ''}=${String(value)}:**`, why: rule.why }));
  });
}

function answersOf(spec: ExtractorSpec): Record<Question, Answer> {
  const some = (said: boolean): Answer => (said ? 'sometimes' : 'never');
  const results = spec.rules.flatMap((rule) =>
    rule.role === 'result' ? [rule] : rule.role === 'call' && rule.result ? [rule.result] : [],
  );
  const { facts, usage } = spec;
  return {
    task: some(
      facts?.task !== undefined ||
        spec.rules.some(
          (rule) =>
            (rule.role === 'message' && rule.from === 'user') ||
            (rule.role === 'result' && rule.otherwise === 'user'),
        ),
    ),
    outcome: some(facts?.solved !== undefined),
    tests: 'never',
    thoughts: some(
      spec.rules.some(
        (rule) => rule.role === 'thought' || (rule.role === 'call' && rule.fence !== undefined),
      ),
    ),
    tokens: some(usage?.inputTokens !== undefined || usage?.outputTokens !== undefined),
    cost: some(usage?.costUsd !== undefined),
    time: some(spec.time !== undefined),
    'exit-status': some(
      results.some(({ exitCode, failed }) => exitCode !== undefined || failed !== undefined),
    ),
    'file-content': 'never',
    'working-directory': some(facts?.cwd !== undefined),
    model: some(facts?.model !== undefined),
    'parallel-calls': some(
      spec.rules.some((rule) => rule.role === 'call' && (rule.each !== undefined || spec.turn !== undefined)),
    ),
    'sub-agents': some(spec.subagent !== undefined),
  };
}

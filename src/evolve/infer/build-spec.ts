import type { CallRule, ExtractorSpec, ResultRule, SpecRule, SpecSource } from '../spec/spec.ts';
import { chooseSites, type PairedSite } from './choose-calls.ts';
import { findFacts } from './find-facts.ts';
import { findFingerprint } from './find-fingerprint.ts';
import type { Group, Kinds } from './find-kinds.ts';
import { rootOf, speakerOf } from './find-kinds.ts';
import type { ResultSite } from './find-results.ts';
import { describe, findSpeech, reachOf } from './find-speech.ts';
import { findOutcomeFields } from './find-status.ts';
import { findSubagentField, findTurnField } from './find-threads.ts';
import { generalizeRules, mergeRules } from './merge-rules.ts';
import { orderRules } from './order-rules.ts';
import { type Item, type Profile, WHOLE } from './profile.ts';

export interface BuiltSpec {
  readonly spec: ExtractorSpec;
  readonly reasons: readonly string[];
}

export interface BuildInput {
  readonly name: string;
  readonly title: string;
  readonly source: SpecSource;
  readonly profile: Profile;
  readonly kinds: Kinds;
  readonly documents: readonly unknown[];
}

/** A spec around one call site that leads, with whatever other sites, results, texts and facts the samples show. */
export function buildSpec(input: BuildInput, lead: PairedSite, paired: readonly PairedSite[]): BuiltSpec {
  const { profile, kinds, documents } = input;
  const { chosen, reasons } = chooseSites(lead, paired, kinds.by);
  const results = distinctResults(chosen);
  const speech = findSpeech(
    kinds,
    chosen.map(({ site }) => site),
    results,
  );
  const rules = [...chosen.map(callRule), ...results.map(resultRule), ...speech.rules];
  const agents = [...new Set(chosen.flatMap(({ site }) => site.group.items.map(rootOf)))];
  const turn = findTurnField(agentWholes(profile, kinds, agents));
  const subagent = chosen.flatMap(({ site }) => findSubagentField(site, lead) ?? [])[0];
  const merged = generalizeRules(orderRules(mergeRules(rules)), seenKinds(kinds));
  const spec: ExtractorSpec = {
    version: 1,
    name: input.name,
    title: input.title,
    source: input.source,
    rules: [...merged, ...ignoreRules(rules, kinds)].slice(0, 120),
    ...(turn !== undefined && { turn }),
    ...(subagent !== undefined && { subagent }),
    ...findFacts(profile, documents, agents),
    fingerprint: findFingerprint(kinds, documents),
  };
  return { spec, reasons: [...reasons, ...speech.reasons] };
}

function callRule({ site, pairing }: PairedSite): CallRule {
  return {
    role: 'call',
    ...reachOf(site.group),
    tool: site.tool,
    ...(site.args !== undefined && { args: site.args }),
    ...(site.command !== undefined && { command: site.command }),
    ...(site.fence && { fence: site.fence }),
    ...(pairing.callId !== undefined && { id: pairing.callId }),
    ...(pairing.nested && {
      result: { text: pairing.nested, ...findOutcomeFields(site.group.items) },
    }),
  };
}

function resultRule({ group, texts, id }: ResultSite): ResultRule {
  const speaker = speakerOf(group.itemKind) ?? speakerOf(group.recordKind);
  return {
    role: 'result',
    ...reachOf(group),
    text: texts,
    ...(id !== undefined && { id }),
    ...findOutcomeFields(group.items),
    ...(id === undefined && {
      otherwise: speaker === 'user' || speaker === 'system' ? speaker : 'environment',
    }),
  };
}

/** The values of the fields that name kinds of records. */
function seenKinds(kinds: Kinds): Map<string, Set<string>> {
  const seen = new Map<string, Set<string>>();
  for (const { scope, recordKind } of kinds.groups) {
    if (scope !== WHOLE) continue;
    for (const [path, value] of recordKind) {
      const values = seen.get(path) ?? new Set<string>();
      seen.set(path, values);
      if (value !== undefined) values.add(value);
    }
  }
  return seen;
}

/** Each group of results once, whichever sites found it; with an id where any of them joined by one. */
function distinctResults(chosen: readonly PairedSite[]): ResultSite[] {
  const byGroup = new Map<Group, ResultSite>();
  for (const { pairing } of chosen) {
    for (const result of pairing.results) {
      const known = byGroup.get(result.group);
      if (!known || (known.id === undefined && result.id !== undefined)) byGroup.set(result.group, result);
    }
  }
  return [...byGroup.values()];
}

/** Records of kinds that hold calls, and those in between that hold their turn's other parts: for finding turns. */
function agentWholes(profile: Profile, kinds: Kinds, agents: readonly Item[]): Item[] {
  const holders = new Set(agents);
  const groups = kinds.groups.filter(
    ({ scope, items }) => scope === WHOLE && items.some((item) => holders.has(item)),
  );
  const all = new Set(groups.flatMap(({ items }) => items));
  return profile.wholes.filter((item) => all.has(item));
}

/** Kinds of records that no rule reads, when they have a name: known, and of no use. */
function ignoreRules(rules: readonly SpecRule[], kinds: Kinds): SpecRule[] {
  const read = new Set(rules.map((rule) => JSON.stringify(rule.when ?? [])));
  const unread = kinds.groups.filter(({ scope, recordKind, items }) => {
    if (scope !== WHOLE || items.length === 0) return false;
    const named = [...recordKind.values()].some((value) => value !== undefined);
    return (
      named &&
      !read.has(JSON.stringify(reachOf({ scope, recordKind, itemKind: new Map(), items }).when ?? []))
    );
  });
  const candidates = unread.map(
    (group): SpecRule => ({
      role: 'ignore',
      when: reachOf(group).when ?? [],
      why: `holds no call, no result and no text that is not elsewhere: ${describe(group)}`.slice(0, 300),
    }),
  );
  const generic = candidates.map((rule) =>
    rule.role === 'ignore'
      ? { ...rule, why: 'holds no call, no result and no text that is not elsewhere' }
      : rule,
  );
  return mergeRules(generic);
}

import type { Evidence } from './evidence.ts';
import type { CallSite } from './find-calls.ts';
import { type Kinds, rootOf } from './find-kinds.ts';
import { findPairings, type Pairing } from './find-results.ts';
import { findSubagentField } from './find-threads.ts';
import type { Profile } from './profile.ts';

/** A call site with the pairing that explains most of its calls. */
export interface PairedSite {
  readonly site: CallSite;
  readonly pairing: Pairing;
  readonly worth: number;
}

/** Sites whose calls find results, the best first. `prefer` puts one way of pairing before better measured ones. */
export function pairSites(sites: readonly CallSite[], profile: Profile, kinds: Kinds): PairedSite[] {
  const paired = sites.flatMap((site) => {
    // Without names, what merely comes next is evidence only for blocks in texts: any two kinds may alternate.
    const pairing = findPairings(site, profile, kinds).find(
      ({ how }) => kinds.by === 'names' || how !== 'position' || site.fence !== undefined,
    );
    return pairing ? [{ site, pairing, worth: worthOf(site, pairing) }] : [];
  });
  const found = paired.length > 0 || kinds.by === 'measures' ? paired : sites.flatMap(withoutResults);
  return found.toSorted((a, b) => b.worth - a.worth);
}

function worthOf(site: CallSite, pairing: Pairing): number {
  const calls = site.texts.filter((text) => text !== undefined).length;
  const depth = site.group.scope.split('[*]').length + site.group.scope.split('.').length * 0.2;
  return site.likeness * (0.3 + pairing.share) * Math.log2(2 + calls) * 0.93 ** depth;
}

/** So much must a site look like calls when no result of any is found. */
const SURE = 0.75;

/** A log may hold calls and no results at all: then only what is beyond doubt is read, and validation says what lacks. */
function withoutResults(site: CallSite): PairedSite[] {
  if (site.likeness < SURE) return [];
  const pairing: Pairing = { how: 'position', share: 0, results: [], reason: 'no results were found' };
  return [{ site, pairing, worth: worthOf(site, pairing) }];
}

/** Ways of reading one source that are built and measured. */
const LEADS = 3;

/** The sites that may lead: the best, but none that only holds records inside records. */
export function chooseLeads(paired: readonly PairedSite[]): PairedSite[] {
  const outer = paired.filter(
    ({ site, worth }) =>
      !paired.some((other) => other.worth >= 0.3 * worth && isRecordInRecord(site, other.site)),
  );
  return outer.slice(0, LEADS);
}

/** Of the lead's worth, what another site must have to be read too. */
const LEAST_WORTH: Readonly<Record<Evidence, number>> = { names: 0.2, measures: 0.4 };

/**
 * The sites to read, beginning with `lead`: each of the others is added when it tells of calls that no chosen site
 * tells of. A log may record one call several times, in several places.
 */
export function chooseSites(
  lead: PairedSite,
  paired: readonly PairedSite[],
  by: Evidence = 'names',
): { chosen: PairedSite[]; reasons: string[] } {
  const chosen = [lead];
  const reasons = [lead.site.reason, lead.pairing.reason];
  for (const other of paired) {
    if (
      other === lead ||
      chosen.some((one) => one.site.group === other.site.group || answers(other.site, one))
    ) {
      continue;
    }
    const repeated = chosen.find((one) => tellsTheSame(one.site, other.site));
    if (repeated) {
      if (reasons.length < 40) reasons.push(`${other.site.reason}: left out, the same calls stand elsewhere`);
      continue;
    }
    if (other.worth < LEAST_WORTH[by] * lead.worth || isPartOf(other.site, chosen)) continue;
    // Without names a second place of calls must be paired as the first is.
    if (by === 'measures' && (other.pairing.how !== lead.pairing.how || other.pairing.share < 0.6)) continue;
    // Where ids join calls and results, what merely comes next is no evidence.
    if (lead.pairing.how !== 'position' && other.pairing.how === 'position') continue;
    if (isRecordInRecord(other.site, lead.site) && findSubagentField(other.site, lead) === undefined) {
      reasons.push(`${other.site.reason}: left out, records inside records`);
      continue;
    }
    chosen.push(other);
    reasons.push(other.site.reason, other.pairing.reason);
  }
  return { chosen, reasons };
}

/** The same items one level deeper: a record that holds another record. */
function isRecordInRecord({ group }: CallSite, lead: CallSite): boolean {
  return group.scope.length > lead.group.scope.length && group.scope.endsWith(`.${lead.group.scope}`);
}

/** Whether the items of a site are results of a chosen one: results often repeat the command. */
function answers({ group }: CallSite, { pairing }: PairedSite): boolean {
  const [first] = group.items;
  return first !== undefined && pairing.results.some(({ items }) => items.includes(first));
}

/** Whether most of the rarer site's texts are also texts of the other one. */
function tellsTheSame(a: CallSite, b: CallSite): boolean {
  const left = textsOf(a);
  const right = textsOf(b);
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  if (small.size === 0) return true;
  let shared = 0;
  for (const text of small) if (large.has(text)) shared++;
  return shared >= 0.5 * small.size;
}

function textsOf({ texts }: CallSite): Set<string> {
  return new Set(texts.filter((text) => text !== undefined && text.length >= 3).map((text) => text ?? ''));
}

/** Whether the items of a site stand inside the items of a chosen one, or hold them: then one action would count twice. */
function isPartOf(site: CallSite, chosen: readonly PairedSite[]): boolean {
  const roots = new Set(site.group.items.map(rootOf));
  return chosen.some(({ site: one }) => {
    const nested =
      one.group.scope === site.group.scope ||
      one.group.scope.startsWith(site.group.scope === '.' ? '' : site.group.scope) ||
      site.group.scope.startsWith(one.group.scope === '.' ? '' : one.group.scope);
    return (
      nested &&
      one.group.items.some((item) => roots.has(rootOf(item))) &&
      one.group.scope !== site.group.scope
    );
  });
}

import { count } from '../../base/count.ts';
import { CodetracerError } from '../../base/error.ts';
import type { CaseLabels } from '../../bench/bench-case.ts';
import type { Entrant } from '../../bench/entrant.ts';
import type { Dataset } from './dataset.ts';
import { digestLabels } from './digest-labels.ts';
import { type ExternalSource, type NamedCase, readExternal } from './read-external.ts';
import type { RunFolder } from './read-run-folder.ts';

/** Labels, and who answered on them: what scores and comparisons are made from. */
export interface Measured {
  readonly labels: readonly CaseLabels[];
  readonly entrants: readonly Entrant[];
  /** What people should know before they read a figure. */
  readonly notes: readonly string[];
}

export interface GatherOptions {
  readonly dataset: Pick<Dataset, 'cases' | 'labels' | 'files'>;
  /** Cases that every one of them measured and none refused count; all of the data without any. */
  readonly folders: readonly RunFolder[];
  readonly external?: readonly ExternalSource[];
  /** Label sets; all unless given. */
  readonly sets?: readonly string[];
}

/**
 * Brings predictions and labels together.
 * @throws CodetracerError `usage` when they belong to different labelled runs, `unreadable` for damaged predictions
 */
export async function gatherEntrants(options: GatherOptions): Promise<Measured> {
  const { dataset, folders, external = [], sets } = options;
  for (const { folder, manifest } of folders) {
    if (manifest.data.digest === digestLabels(dataset.files)) continue;
    throw new CodetracerError('usage', `the predictions in ${folder} are for other labelled runs`, {
      hint: 'name with --data what `bench run` was given; labels that changed since must be run again',
    });
  }
  const cases = chooseMeasured(dataset.cases, folders);
  const labels = chooseSets(
    cases.flatMap(({ id }) => dataset.labels.get(id) ?? []),
    sets,
  );
  const entrants = folders.flatMap((folder) => folder.entrants);
  const others: Entrant[] = [];
  for (const source of external) {
    const taken = [...entrants, ...others].some(({ name }) => name === source.name);
    if (taken) {
      throw new CodetracerError('usage', `--predictions ${source.name}=…: a system has that name already`, {
        hint: 'choose another name',
      });
    }
    others.push(await readExternal(source, cases, dataset.labels));
  }
  // Answers on cases that were not asked for are no flaw of whoever gave them.
  const asked = new Set(labels.map(({ id }) => id));
  return {
    labels,
    entrants: [...entrants, ...others].map((entrant) => ({
      ...entrant,
      predictions: entrant.predictions.filter(({ id }) => asked.has(id)),
    })),
    notes: folders.flatMap(describeGaps),
  };
}

function chooseMeasured(cases: readonly NamedCase[], folders: readonly RunFolder[]): readonly NamedCase[] {
  const measured = folders.map(
    ({ manifest }) => new Set(manifest.cases.filter(({ state }) => state !== 'refused').map(({ id }) => id)),
  );
  return cases.filter(({ id }) => measured.every((ids) => ids.has(id)));
}

function chooseSets(labels: readonly CaseLabels[], sets: readonly string[] | undefined): CaseLabels[] {
  const there = [...new Set(labels.map(({ traits }) => traits.set))].sort();
  const unknown = sets?.find((set) => !there.includes(set));
  if (unknown !== undefined) {
    throw new CodetracerError('usage', `--set ${unknown}: no measured run belongs to it`, {
      hint: `sets: ${there.join(', ')}`,
    });
  }
  return labels.filter(({ traits }) => sets === undefined || sets.includes(traits.set));
}

function describeGaps({ folder, manifest }: RunFolder): string[] {
  const { pending, refused, failed } = manifest.counts;
  const notes: string[] = [];
  const seen = manifest.data.files.filter(({ sha256 }) => manifest.code.fittedOn.includes(sha256));
  if (seen.length > 0) {
    const names = seen.map(({ path }) => path).join(', ');
    notes.push(
      `the weights of codetracer were fitted on ${names}: its figures there are of known runs and flatter; docs/localization.md has cross-validated ones`,
    );
  }
  if (pending > 0) {
    notes.push(
      `${folder}: ${count(pending, 'case')} not done, counted as wrong; the same \`bench run\` goes on there`,
    );
  }
  if (refused > 0) notes.push(`${folder}: ${count(refused, 'case')} refused, counted nowhere`);
  if (failed > 0) notes.push(`${folder}: a system broke on ${count(failed, 'case')}, counted as wrong`);
  return notes;
}

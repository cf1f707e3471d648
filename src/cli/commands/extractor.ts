import { readFile } from 'node:fs/promises';
import pc from 'picocolors';
import { learnExtractor } from '../../app/learn-extractor.ts';
import { testExtractor } from '../../app/test-extractor.ts';
import { CodetracerError } from '../../base/error.ts';
import type { ExtractorEntry } from '../../store/extractor-entry.ts';
import {
  findEntry,
  listExtractors,
  openRegistry,
  promoteVersion,
  removeExtractor,
} from '../../store/extractor-registry.ts';
import { EXIT } from '../exit-codes.ts';
import { describeSpec } from '../output/describe-spec.ts';
import { printMeasures } from '../output/print-measures.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';

export interface ExtractorOptions {
  readonly json?: boolean;
  readonly extractors?: string;
}

export interface LearnCommandOptions extends ExtractorOptions {
  readonly title?: string;
  /** File with a spec that somebody wrote. */
  readonly spec?: string;
  readonly known?: boolean;
  /** False with `--no-promote`. */
  readonly promote?: boolean;
}

/** Exits 4 when no extractor was accepted: the format stays unknown. */
export async function learnCommand(
  name: string,
  paths: readonly string[],
  { spec, json, ...options }: LearnCommandOptions,
): Promise<number> {
  const given = spec === undefined ? undefined : await readJsonFile(spec);
  const learnt = await learnExtractor(paths, {
    name,
    ...options,
    ...(given !== undefined && { spec: given }),
  });
  const { entry, promoted, verdict, reasons, samples, known } = learnt;
  const exit = verdict?.decision === 'accept' ? EXIT.done : EXIT.unknownFormat;
  if (json) {
    await writeJson({ schema: 'codetracer.extractor-learn/1', ...learnt, entry: entry ?? null });
    return exit;
  }
  const lines = [`learnt from ${samples.learnt} artifacts, held out ${samples.heldOut}`];
  for (const [id, count] of Object.entries(known)) lines.push(pc.dim(`left out ${count} that ${id} reads`));
  if (!entry || !verdict) {
    lines.push(pc.red('nothing that looks like calls with results was found'));
    lines.push(...reasons.map((reason) => `  ${terminalText(reason)}`));
    await writeOut(`${lines.join('\n')}\n`);
    return exit;
  }
  const accepted = verdict.decision === 'accept';
  lines.push(
    pc.bold((accepted ? pc.green : pc.red)(`${nameOf(entry)} ${accepted ? 'accepted' : 'rejected'}`)),
  );
  lines.push(...verdict.reasons.map((reason) => `  ${terminalText(reason)}`));
  lines.push(...printMeasures(verdict.heldOut ?? verdict.learnt), ...describeSpec(entry.spec));
  lines.push(
    promoted
      ? 'it reads artifacts from now on'
      : accepted
        ? `${entry.provenance.evidence === 'measures' ? 'it rests on measures alone, no telling names: look at its rules first; ' : 'it is kept; '}codetracer extractor promote ${nameOf(entry)} lets it read artifacts`
        : `it is kept for you to look at; codetracer extractor show ${nameOf(entry)} --json prints it`,
  );
  await writeOut(`${lines.join('\n')}\n`);
  return exit;
}

export async function listCommand({ json, extractors }: ExtractorOptions): Promise<number> {
  const registry = openRegistry(extractors);
  const all = await listExtractors(registry);
  if (json) {
    const rows = all.map(({ name, active, versions, damaged }) => ({
      name,
      format: `learnt:${name}`,
      active: active ?? null,
      versions: versions.map(({ version, spec, validation, provenance, fingerprint }) => ({
        version,
        title: spec.title,
        unit: spec.source.unit,
        fingerprint,
        accepted: validation.accepted,
        score: validation.score,
        learntAt: provenance.learntAt,
      })),
      damaged,
    }));
    await writeJson({ schema: 'codetracer.extractors/1', folder: registry.folder, extractors: rows });
    return EXIT.done;
  }
  const lines = all.flatMap(({ name, active, versions, damaged }) => [
    pc.bold(`learnt:${name}`),
    ...versions.map(({ version, spec, validation, provenance }) => {
      const mark =
        version === active ? pc.green('active') : validation.accepted ? 'accepted' : pc.red('rejected');
      const when = provenance.learntAt.slice(0, 10);
      return `  @${version} ${mark}  ${spec.source.unit}, score ${validation.score.toFixed(2)}, ${when}  ${terminalText(spec.title)}`;
    }),
    ...damaged.map((file) => pc.red(`  ${file} can't be read`)),
  ]);
  await writeOut(lines.length === 0 ? `no extractors in ${registry.folder}\n` : `${lines.join('\n')}\n`);
  return EXIT.done;
}

/** With `--json` the whole entry, as it stands in the registry. */
export async function showCommand(
  reference: string,
  { json, extractors }: ExtractorOptions,
): Promise<number> {
  const entry = await findEntry(openRegistry(extractors), reference);
  if (json) {
    await writeJson(entry);
    return EXIT.done;
  }
  const { spec, validation, provenance } = entry;
  const lines = [
    pc.bold(`${nameOf(entry)}  ${terminalText(spec.title)}`),
    `${validation.accepted ? 'accepted' : 'rejected'}: ${terminalText(validation.reasons.join('; '))}`,
    `${provenance.origin} on ${provenance.learntAt.slice(0, 10)} from ${provenance.learntFrom.length} artifacts, ${provenance.heldOut.length} held out`,
    ...(provenance.parent === undefined ? [] : [`learnt anew for version ${provenance.parent}`]),
    ...describeSpec(spec),
  ];
  await writeOut(`${lines.join('\n')}\n`);
  return EXIT.done;
}

/** Exits 1 when the extractor misses its bounds on these artifacts. */
export async function testCommand(
  reference: string,
  paths: readonly string[],
  { json, extractors }: ExtractorOptions,
): Promise<number> {
  const entry = await findEntry(openRegistry(extractors), reference);
  const tested = await testExtractor(entry, paths);
  const exit = tested.verdict.decision === 'accept' ? EXIT.done : EXIT.findings;
  if (json) {
    await writeJson({ schema: 'codetracer.extractor-test/1', extractor: nameOf(entry), ...tested });
    return exit;
  }
  const accepted = tested.verdict.decision === 'accept';
  const lines = [
    pc.bold(
      (accepted ? pc.green : pc.red)(
        `${nameOf(entry)} ${accepted ? 'reads' : 'does not read'} these artifacts`,
      ),
    ),
    ...tested.verdict.reasons.map((reason) => `  ${terminalText(reason)}`),
    ...printMeasures(tested.verdict.learnt),
    ...tested.artifacts.map(
      ({ path, steps, score }) => `  ${terminalText(path)}  ${steps} steps, claimed with ${score.toFixed(2)}`,
    ),
    ...(accepted
      ? []
      : [`codetracer extractor learn ${entry.spec.name} <path…> learns it anew and keeps this version`]),
  ];
  await writeOut(`${lines.join('\n')}\n`);
  return exit;
}

/** A rejected version is promoted only when the user insists. */
export async function promoteCommand(
  reference: string,
  { json, extractors, force }: ExtractorOptions & { readonly force?: boolean },
): Promise<number> {
  const registry = openRegistry(extractors);
  const entry = await findEntry(registry, reference);
  if (!entry.validation.accepted && !force) {
    throw new CodetracerError(
      'usage',
      `${nameOf(entry)} was rejected: ${entry.validation.reasons.join('; ')}`,
      {
        hint: '--force promotes it all the same',
      },
    );
  }
  await promoteVersion(registry, entry);
  if (json)
    await writeJson({
      schema: 'codetracer.extractor-promote/1',
      name: entry.spec.name,
      active: entry.version,
    });
  else await writeOut(`${nameOf(entry)} reads artifacts from now on\n`);
  return EXIT.done;
}

export async function removeCommand(
  reference: string,
  { json, extractors }: ExtractorOptions,
): Promise<number> {
  const registry = openRegistry(extractors);
  const entry = await findEntry(registry, reference);
  const version = reference.includes('@') ? entry.version : undefined;
  await removeExtractor(registry, entry.spec.name, version);
  const removed = version === undefined ? `learnt:${entry.spec.name}` : nameOf(entry);
  if (json) await writeJson({ schema: 'codetracer.extractor-remove/1', removed });
  else await writeOut(`${removed} is removed\n`);
  return EXIT.done;
}

function nameOf({ spec, version }: ExtractorEntry): string {
  return `${spec.name}@${version}`;
}

async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'no JSON' : 'can not be read';
    throw new CodetracerError('unreadable', `${path}: ${reason}`, { cause: error });
  }
}

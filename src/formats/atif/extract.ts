import { asArray, at, isObject, pointer } from '../../base/json.ts';
import { baseName, dirName, joinPath } from '../../base/path.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import type { ExtractInput } from '../format.ts';
import type { ArtifactReader } from '../port.ts';
import { takeExportNote } from './read-exported.ts';
import { readFinalMetrics, readStepRecord } from './read-record.ts';
import { readRoot, type SubagentRef, type TrajectoryRoot } from './schema.ts';
import { type MetRef, ThreadReader } from './thread-reader.ts';

/** One run: the trajectory, the files that continue it, and its sub-agents, embedded or in files beside it. */
export async function* extractAtif({ reader, entry, path }: ExtractInput): AsyncIterable<RunBuilder> {
  const run = new RunBuilder({ format: 'atif', path });
  if (entry.kind === 'directory') {
    // A trial without any log of its agent: the layout names this format as its last resort.
    run.log.add('missing-recording', 'warning', 'no record of what the agent did is there', {
      artifact: entry.path,
    });
    yield run;
    return;
  }
  const reading: Reading = { run, reader, embedded: new Map(), opened: new Set(), usage: undefined };
  const main = new ThreadReader(run, run);
  let total: Usage | undefined;
  for (let file: string | undefined = entry.path; file !== undefined; ) {
    const root = await readFile(reading, main, file);
    if (root) {
      takeRootFacts(run, root, file);
      takeExportNote(run, run, root);
      // A continuation's totals go on from those of the file before.
      total = readFinalMetrics(root.final_metrics) ?? total;
    }
    await readBranches(reading, main.refs.splice(0), file);
    file = await continuation(reading, root, file);
  }
  await readUnclaimed(reading);
  run.totalUsage = total ?? addUsage(main.usage, reading.usage);
  yield run;
}

interface Embedded {
  readonly value: unknown;
  readonly place: SourceRef;
}

interface Reading {
  readonly run: RunBuilder;
  readonly reader: ArtifactReader;
  /** Sub-agents' trajectories inside documents, by `trajectory_id` and by `session_id`. */
  readonly embedded: Map<string, Embedded>;
  /** Files and embedded documents already read: references may form circles. */
  readonly opened: Set<string>;
  usage: Usage | undefined;
}

function takeRootFacts(run: RunBuilder, root: TrajectoryRoot, file: string): void {
  run.formatVersion ??= root.schema_version;
  const { name, version, model_name } = root.agent ?? {};
  if (name !== undefined) run.agent ??= version === undefined ? { name } : { name, version };
  run.model = model_name ?? run.model;
  if (root.notes !== undefined && root.notes.trim() !== '') {
    const place = { artifact: file, pointer: '/notes' };
    run.message({ role: 'environment', kind: 'notice', text: root.notes, place });
  }
}

/** Reads the steps of a file into a thread; the root without its steps, undefined when there is no such file. */
async function readFile(
  reading: Reading,
  thread: ThreadReader,
  file: string,
): Promise<TrajectoryRoot | undefined> {
  const { run, reader } = reading;
  reading.opened.add(file);
  const document = await reader.json(file, ['steps']);
  if (!document) {
    run.log.add('missing-artifact', 'warning', `${file} is not there`, { artifact: file });
    return undefined;
  }
  const size = (await reader.stat(file))?.size;
  run.artifact({ path: file, use: 'steps', ...(size !== undefined && { size }) });
  for await (const batch of document.elements('steps')) {
    for (const { index, value } of batch) {
      readStep(run, thread, value, { artifact: file, pointer: pointer('steps', index) });
    }
  }
  run.log.addAll(document.diagnostics);
  const root = readRoot(document.value);
  if (!root || !Array.isArray(at(document.value, 'steps'))) {
    run.log.add('unexpected-shape', 'warning', 'the document has no list of steps', { artifact: file });
  }
  if (root) collectEmbedded(reading, root, { artifact: file });
  return root;
}

function readStep(run: RunBuilder, thread: ThreadReader, value: unknown, place: SourceRef): void {
  const step = readStepRecord(value);
  for (const key of ['tool_calls', 'observation']) {
    const found = at(value, ...(key === 'observation' ? [key, 'results'] : [key]));
    if (found === undefined || found === null || Array.isArray(found)) continue;
    run.log.fold('unexpected-shape', 'warning', `the ${key} of a step are no list`, place);
  }
  if (step) thread.read(step, place);
  else run.log.fold('unexpected-shape', 'warning', 'a step is no object', { artifact: place.artifact });
}

function collectEmbedded(reading: Reading, root: TrajectoryRoot, place: SourceRef): void {
  for (const [index, value] of (root.subagent_trajectories ?? []).entries()) {
    const child = readRoot(value);
    if (!child) continue;
    const own = { ...place, pointer: `${place.pointer ?? ''}${pointer('subagent_trajectories', index)}` };
    const names = [child.trajectory_id, child.session_id].filter((name) => name !== undefined);
    if (names.length === 0) names.push(own.pointer);
    for (const name of names) {
      if (!reading.embedded.has(name)) reading.embedded.set(name, { value, place: own });
    }
  }
}

async function continuation(
  { run, reader, opened }: Reading,
  root: TrajectoryRoot | undefined,
  file: string,
): Promise<string | undefined> {
  const ref = root?.continued_trajectory_ref;
  if (ref === undefined || ref === '' || ref.includes('://')) return undefined;
  const next = await findSibling(reader, file, ref);
  if (!opened.has(next)) return next;
  run.log.add('unexpected-shape', 'warning', `${file} says it is continued by ${ref}, which came before`);
  return undefined;
}

/** References name files as the agent wrote them; copies of a trial often carry one prefix on all of its files. */
async function findSibling(reader: ArtifactReader, file: string, ref: string): Promise<string> {
  const folder = dirName(file);
  const named = joinPath(folder, ref);
  const prefix = baseName(file).split('trajectory.')[0] ?? '';
  if (prefix === '' || ref.includes('/') || (await reader.stat(named))) return named;
  const prefixed = joinPath(folder, prefix + ref);
  return (await reader.stat(prefixed)) ? prefixed : named;
}

/** A work list: sub-agents may have sub-agents of their own, to any depth. */
async function readBranches(reading: Reading, refs: readonly MetRef[], from: string): Promise<void> {
  const work = refs.map((met) => ({ ...met, from }));
  for (const item of work) {
    const { ref, parent, place } = item;
    const embedded = findEmbedded(reading, ref);
    const external = ref.path !== undefined && !ref.path.includes('://') ? ref.path : undefined;
    const file = external === undefined ? undefined : await findSibling(reading.reader, item.from, external);
    let met: MetRef[] = [];
    if (embedded) met = readEmbedded(reading, embedded, parent);
    else if (file !== undefined && (await reading.reader.stat(file))) {
      met = await readBranchFile(reading, file, parent);
    } else {
      const name = ref.path ?? ref.trajectoryId ?? ref.sessionId ?? 'without a name';
      reading.run.log.add(
        'missing-artifact',
        'warning',
        `no trajectory of sub-agent ${name} is there`,
        place,
      );
    }
    work.push(...met.map((next) => ({ ...next, from: embedded ? item.from : (file ?? item.from) })));
  }
}

function findEmbedded({ embedded }: Reading, ref: SubagentRef): Embedded | undefined {
  const byId = ref.trajectoryId === undefined ? undefined : embedded.get(ref.trajectoryId);
  if (byId || ref.path !== undefined || ref.sessionId === undefined) return byId;
  return embedded.get(ref.sessionId);
}

async function readBranchFile(
  reading: Reading,
  file: string,
  parent: PendingStep | undefined,
): Promise<MetRef[]> {
  if (reading.opened.has(file)) return [];
  const branch = reading.run.branch(parent);
  const thread = new ThreadReader(reading.run, branch);
  const root = await readFile(reading, thread, file);
  branch.name = root?.agent?.name;
  reading.usage = addUsage(reading.usage, thread.usage);
  return thread.refs;
}

function readEmbedded(
  reading: Reading,
  { value, place }: Embedded,
  parent: PendingStep | undefined,
): MetRef[] {
  const key = `${place.artifact}#${place.pointer}`;
  if (reading.opened.has(key)) return [];
  reading.opened.add(key);
  const root = readRoot(value);
  const branch = reading.run.branch(parent, { name: root?.agent?.name });
  const thread = new ThreadReader(reading.run, branch);
  takeExportNote(reading.run, branch, root);
  const steps = asArray(isObject(value) ? value.steps : undefined);
  if (!steps) {
    reading.run.log.fold('unexpected-shape', 'warning', 'an embedded trajectory has no list of steps', place);
  }
  for (const [index, step] of steps?.entries() ?? []) {
    readStep(reading.run, thread, step, {
      ...place,
      pointer: `${place.pointer ?? ''}${pointer('steps', index)}`,
    });
  }
  if (root) collectEmbedded(reading, root, place);
  reading.usage = addUsage(reading.usage, thread.usage);
  return thread.refs;
}

/** Embedded sub-agents that no result names are orphans; they ran all the same. */
async function readUnclaimed(reading: Reading): Promise<void> {
  for (const embedded of reading.embedded.values()) {
    await readBranches(reading, readEmbedded(reading, embedded, undefined), embedded.place.artifact);
  }
}

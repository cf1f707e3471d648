import type { RunBuilder } from '../model/run-builder.ts';
import type { ArtifactReader, Entry } from './port.ts';

/** What detection may look at: one artifact (a file, or a folder that is one artifact as a whole). */
export interface Probe {
  /** Path of the artifact under the reader's root. */
  readonly entry: Entry;
  readonly reader: ArtifactReader;
  /** First 64 KiB of a file as text; empty for a folder. */
  readonly head: string;
  /** What lies directly in a folder; empty for a file. */
  readonly entries: readonly Entry[];
}

/** How sure a format is that an artifact is its own, and why. 0 is "certainly not", 1 "certainly". */
export interface Detection {
  readonly score: number;
  readonly reason: string;
}

export interface ExtractInput {
  readonly reader: ArtifactReader;
  /** The artifact that was detected. */
  readonly entry: Entry;
  /** Path that the run gets, for people; a format with several runs in one artifact appends `#name`. */
  readonly path: string;
}

/** What people ask of a run; a format says which of it its artifacts can answer. */
export const QUESTIONS = [
  'task',
  'outcome',
  'tests',
  'thoughts',
  'tokens',
  'cost',
  'time',
  'exit-status',
  'file-content',
  'working-directory',
  'model',
  'parallel-calls',
  'sub-agents',
] as const;
export type Question = (typeof QUESTIONS)[number];

/** `always` in every sound artifact, `sometimes` by version or setting, `beside` only in files around it, `never`. */
export type Answer = 'always' | 'sometimes' | 'beside' | 'never';

/**
 * What of its records a format knows and leaves out of the model, so that the conformance report does not count it as
 * not understood.
 */
export interface LeftOut {
  /**
   * A dotted path into a record (a line, an event, an element of the array of records): `*` stands for one key or
   * index, a closing `**` for all below. `kind=value` before a colon limits it to records whose field has that value:
   * `type=progress:**`.
   */
  readonly path: string;
  /** Why it is not needed, for people. */
  readonly why: string;
}

/** What records of a kind must hold for a format to read them: without it text or pairing would be lost. */
export interface Needed {
  /**
   * A kind as the conformance report names it: the record's `type`, `role` or the like, and for a block inside it its own
   * after a slash, as in `assistant/tool_use`. A `*` at the end stands for the rest of a record's kind: `ActionEvent:*`.
   */
  readonly of: string;
  /** Dotted, from the record or block. */
  readonly field: string;
  readonly is: readonly ('string' | 'number' | 'object' | 'array' | 'null' | 'nothing')[];
}

/**
 * Turns the artifacts of one format into runs. A format reads only its own artifact; what lies around it (checkers'
 * reports, harness results) belongs to the enrichers.
 */
export interface Format {
  readonly id: string;
  /** For people: what writes it. */
  readonly title: string;
  /** Whether its artifacts are files, folders as a whole, or either. `detect` is asked only about these. */
  readonly units: readonly Entry['kind'][];
  /** What its artifacts can answer. */
  readonly answers: Readonly<Record<Question, Answer>>;
  /** What of its records is known and left out on purpose. */
  readonly leavesOut: readonly LeftOut[];
  /** What its records must hold; what is not there is reported as drift. */
  readonly needs?: readonly Needed[];
  /** Content first, name second; cheap; never throws. A score of 0.5 or more is a claim. */
  detect(probe: Probe): Detection | Promise<Detection>;
  /** One builder per run. Bad content becomes diagnostics on the builder; it never throws for content. */
  extract(input: ExtractInput): AsyncIterable<RunBuilder>;
  /**
   * The artifact that this one is read with (a sub-agent's file with its session), when that is there: discovery then
   * makes no run of its own of it. A user may still name it.
   */
  partOf?(entry: Entry, reader: ArtifactReader): Promise<string | undefined>;
}

/**
 * A layout of a run's folder, as a harness writes it (a Harbor trial, a Terminal-Bench trial): says which artifact
 * counts the steps, and adds what the other files know.
 */
export interface Layout {
  readonly id: string;
  readonly title: string;
  /** Whether a folder is one run of this layout. */
  recognize(folder: Entry, entries: readonly Entry[], reader: ArtifactReader): Promise<Detection>;
  /** Candidates for the artifact that counts the steps, best first: paths under the reader's root. */
  stepArtifacts(folder: Entry, reader: ArtifactReader): Promise<readonly string[]>;
  /** The format of last resort when none of the candidates is there: a run with 0 steps and a diagnostic. */
  readonly fallbackFormat: string;
  /** Outcome, task, failing checks, usage, exceptions from the files of the folder. */
  enrich(run: RunBuilder, folder: Entry, reader: ArtifactReader): Promise<void>;
}

/** Adds what stands beside an artifact outside any layout: reports of a benchmark's checker some folders up. */
export interface Enricher {
  readonly id: string;
  readonly title: string;
  /** Looks around the artifact; does nothing when it finds nothing. */
  enrich(run: RunBuilder, artifact: Entry, reader: ArtifactReader): Promise<void>;
}

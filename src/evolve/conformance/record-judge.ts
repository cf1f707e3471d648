import { at, isObject, type JsonObject, pointer } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import type { Needed } from '../../formats/format.ts';
import { toMillis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { type FieldNode, FieldTree, type Tally } from './field-tree.ts';
import type { LeftOutRules } from './left-out-rules.ts';
import { nameBlock, namesKind } from './name-kind.ts';
import { type Judged, type TextIndex, utf8Bytes } from './text-index.ts';

/** A record of an artifact with its kind and its place. */
export interface PlacedRecord {
  readonly value: unknown;
  readonly kind: string;
  readonly place: SourceRef;
  /** Keys that lead to it from the top of its document; empty for a line. */
  readonly above: readonly string[];
}

/** Records of one kind that lack what the format needs of them. */
export interface Lacking {
  readonly need: Needed;
  readonly place: SourceRef;
  /** What stood there instead; `nothing` when the field is missing. */
  readonly found: string;
  count: number;
}

interface Frame {
  readonly value: unknown;
  readonly node: FieldNode;
  readonly key: string | number;
  readonly parent: Frame | undefined;
}

/** One record that is being taken apart. */
interface Task {
  readonly record: PlacedRecord;
  /** Which conditions of rules hold for it. */
  readonly conditions: string;
  /** Objects and arrays inside it that are still to be read. */
  readonly open: Frame[];
}

/** Takes records apart to their values and asks for each one whether the run still has it. */
export class RecordJudge {
  readonly fields = new FieldTree();
  /** How many records, and blocks inside records, there are of each kind. */
  readonly counts = new Map<string, number>();
  readonly lacking: Lacking[] = [];
  /** Whole records, and those of which at least half of the text is explained (all of those without text). */
  readonly records = { seen: 0, explained: 0 };
  /** UTF-8 bytes of all values judged so far. */
  bytes = 0;
  private text = { bytes: 0, explained: 0 };
  private readonly index: TextIndex;
  private readonly rules: LeftOutRules;
  private readonly needs: readonly Needed[];
  private readonly needsOfKind = new Map<string, readonly Needed[]>();

  constructor(index: TextIndex, rules: LeftOutRules, needs: readonly Needed[]) {
    this.index = index;
    this.rules = rules;
    this.needs = needs;
  }

  judge(record: PlacedRecord): void {
    const conditions = this.rules.conditionsOf(record.value);
    this.count(record.kind);
    const root = this.fields.root(record.kind);
    const open: Frame[] = [{ value: record.value, node: root, key: '', parent: undefined }];
    const task = { record, conditions, open };
    for (let frame = open.pop(); frame; frame = open.pop()) {
      const { value } = frame;
      if (Array.isArray(value)) this.readArray(value, frame, task);
      else if (isObject(value)) this.readObject(value, frame, task);
    }
    this.records.seen++;
    if (this.text.explained * 2 >= this.text.bytes) this.records.explained++;
    this.text = { bytes: 0, explained: 0 };
  }

  private readObject(value: JsonObject, frame: Frame, task: Task): void {
    this.checkNeeds(value, frame, task.record);
    for (const key of Object.keys(value)) {
      const child = value[key];
      if (child === null || typeof child === 'boolean') continue;
      this.readValue(child, this.fields.member(frame.node, key), key, frame, task);
    }
  }

  private readArray(items: readonly unknown[], frame: Frame, task: Task): void {
    for (const [key, value] of items.entries()) {
      const block = isObject(value) ? nameBlock(value) : undefined;
      const node = this.fields.element(frame.node, block);
      if (node.kind !== frame.node.kind) this.count(node.kind);
      this.readValue(value, node, key, frame, task);
    }
  }

  private readValue(value: unknown, node: FieldNode, key: string | number, parent: Frame, task: Task): void {
    if (typeof value === 'object') {
      if (value !== null) task.open.push({ value, node, key, parent });
    } else if (typeof value === 'string') {
      if (value !== '') this.readText({ value, node, key, parent }, value, task);
    } else if (typeof value === 'number') {
      const text = String(value);
      const isKept = this.index.hasNumber(value) || this.hasTime(value) || this.index.hasValue(text);
      const judged = { bytes: text.length, kept: isKept ? text.length : 0 };
      this.settle({ value, node, key, parent }, task, node.facts, judged);
    }
  }

  private readText(frame: Frame, value: string, task: Task): void {
    const { node } = frame;
    const isText = readsLikeText(value);
    const tally = isText ? node.text : node.facts;
    // What is left out need not be looked for; that no reasoning is lost is asked of every copy of it.
    if (!node.isReasoning && this.isLeftOut(node, task)) {
      this.settle(frame, task, tally, { bytes: utf8Bytes(value), kept: 0 });
      return;
    }
    // One word may be a short text in a field of texts; elsewhere it is a fact, which stands whole or not at all.
    if (!isText && node.text.bytes === 0 && !/\s/.test(value)) {
      const bytes = utf8Bytes(value);
      const isKept = this.index.hasValue(value) || (/^\d{4}-\d\d-\d\d/.test(value) && this.hasTime(value));
      if (isKept || !this.openInner(frame, value, task)) {
        this.settle(frame, task, tally, { bytes, kept: isKept ? bytes : 0 });
      }
      return;
    }
    const judged = this.index.judge(value);
    if (judged.kept < judged.bytes && this.openInner(frame, value, task)) return;
    this.settle(frame, task, tally, judged);
    if (!isText) return;
    this.text.bytes += judged.bytes;
    this.text.explained += judged.kept;
  }

  /** Goes into a text that is a document of its own; false when it is none. */
  private openInner(frame: Frame, value: string, { open }: Task): boolean {
    const inner = parseInner(value);
    if (inner === undefined) return false;
    open.push({ ...frame, value: inner });
    return true;
  }

  private settle(frame: Frame, task: Task, tally: Tally, { bytes, kept, lost }: Judged): void {
    const { node } = frame;
    tally.bytes += bytes;
    this.bytes += bytes;
    tally.kept += kept;
    if (kept >= bytes) return;
    if (namesKind(node.path.at(-1) ?? '') || this.isLeftOut(node, task)) {
      tally.known += bytes - kept;
      return;
    }
    tally.lost ??= { place: placeOf(frame, task.record), text: lost ?? String(frame.value) };
  }

  private isLeftOut(node: FieldNode, { record, conditions }: Task): boolean {
    const known = node.leftOut.get(conditions);
    if (known !== undefined) return known;
    const decided = this.rules.isLeftOut(node.path, record.above, conditions);
    node.leftOut.set(conditions, decided);
    return decided;
  }

  private hasTime(value: number | string): boolean {
    const time = toMillis(value);
    return time !== undefined && this.index.hasNumber(time);
  }

  private checkNeeds(value: JsonObject, frame: Frame, record: PlacedRecord): void {
    const { node, parent } = frame;
    // Only the record or block itself, not the objects inside it.
    if (parent && parent.node.kind === node.kind) return;
    for (const need of this.needsOf(node.kind)) {
      const found = typeName(at(value, ...need.field.split('.')));
      if (need.is.some((type) => type === found)) continue;
      const known = this.lacking.find((lack) => lack.need === need && lack.found === found);
      if (known) known.count++;
      else this.lacking.push({ need, found, count: 1, place: placeOf(frame, record) });
    }
  }

  private needsOf(kind: string): readonly Needed[] {
    const known = this.needsOfKind.get(kind);
    if (known) return known;
    const found = this.needs.filter(({ of }) =>
      of.endsWith('*') ? kind.startsWith(of.slice(0, -1)) && !kind.includes('/') : kind === of,
    );
    this.needsOfKind.set(kind, found);
    return found;
  }

  private count(kind: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }
}

/** Texts that hold a document of their own: arguments as JSON text, a logged request. */
function parseInner(text: string): object | undefined {
  const trimmed = text.trim();
  const first = trimmed.charCodeAt(0);
  if (first !== 123 && first !== 91) return undefined;
  const value = parseJsonText(trimmed);
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0 ? value : undefined;
}

/** Prose, code and output have words or lines; ids, names, encoded bytes and times have not. */
function readsLikeText(text: string): boolean {
  if (text.includes('\n')) return true;
  return /\S\s+\S+\s+\S/.test(text.length > 400 ? text.slice(0, 400) : text);
}

function placeOf(frame: Frame, { place }: PlacedRecord): SourceRef {
  const keys: (string | number)[] = [];
  for (let here: Frame | undefined = frame; here?.parent; here = here.parent) keys.unshift(here.key);
  if (keys.length === 0) return place;
  return { ...place, pointer: (place.pointer ?? '') + pointer(...keys) };
}

function typeName(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

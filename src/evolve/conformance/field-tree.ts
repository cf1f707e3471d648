import type { SourceRef } from '../../model/source-ref.ts';

/** Members and blocks in which models' reasoning is recorded, in any framework. */
const REASONING = /^(?:thinking|thoughts?|reasoning|reasoning_content|reasoningContent|think)$/;

/** What became of values, in UTF-8 bytes of them. */
export class Tally {
  bytes = 0;
  kept = 0;
  known = 0;
  /** The first value that was not kept, and where it stands. */
  lost: { readonly place: SourceRef; readonly text: string } | undefined;

  get unexplained(): number {
    return Math.max(0, this.bytes - this.kept - this.known);
  }
}

/** What was found at one field of one kind of record. A field may hold texts here and facts there. */
export class FieldNode {
  /** Kind of the record or block that it belongs to. */
  readonly kind: string;
  /** From the record: keys, `*` for an index or a key that is data. */
  readonly path: readonly string[];
  readonly children = new Map<string, FieldNode>();
  /** Decided once per set of conditions: whether the format leaves this field out. */
  readonly leftOut = new Map<string, boolean>();
  /** Values that read like prose, code or output. */
  readonly text = new Tally();
  /** Ids, times, numbers, names. */
  readonly facts = new Tally();
  /** Whether models' reasoning is recorded here. */
  readonly isReasoning: boolean;

  constructor(kind: string, path: readonly string[]) {
    this.kind = kind;
    this.path = path;
    this.isReasoning =
      REASONING.test(path.at(-1) ?? '') || REASONING.test(kind.slice(kind.lastIndexOf('/') + 1));
  }
}

/** More fields than these in one kind, or more keys in one object, are data: they share a node. */
const MAX_NODES = 4000;
const MAX_KEYS = 80;
/** Blocks inside blocks get kinds of their own down to here. */
const MAX_LEVELS = 4;

/** All fields of all kinds of records of a run's artifacts. */
export class FieldTree {
  private readonly roots = new Map<string, FieldNode>();
  private readonly all: FieldNode[] = [];

  root(kind: string): FieldNode {
    const known = this.roots.get(kind);
    if (known) return known;
    const made = this.make(kind, []);
    this.roots.set(kind, made);
    return made;
  }

  member(node: FieldNode, key: string): FieldNode {
    const known = node.children.get(key);
    if (known) return known;
    const isData = !isFieldName(key) || node.children.size >= MAX_KEYS || this.all.length >= MAX_NODES;
    const name = isData ? '*' : key;
    return node.children.get(name) ?? this.addChild(node, name, node.kind, name);
  }

  /** The elements of an array; those that name a kind of their own (`tool_use`) stand apart. */
  element(node: FieldNode, kind: string | undefined): FieldNode {
    const isOwn =
      kind !== undefined && this.all.length < MAX_NODES && node.kind.split('/').length < MAX_LEVELS;
    const name = isOwn ? `*\u0000${kind}` : '*';
    return (
      node.children.get(name) ??
      this.addChild(node, name, name === '*' ? node.kind : `${node.kind}/${kind}`, '*')
    );
  }

  nodes(): readonly FieldNode[] {
    return this.all;
  }

  private addChild(node: FieldNode, name: string, kind: string, part: string): FieldNode {
    const made = this.make(kind, [...node.path, part]);
    node.children.set(name, made);
    return made;
  }

  private make(kind: string, path: readonly string[]): FieldNode {
    const node = new FieldNode(kind, path);
    this.all.push(node);
    return node;
  }
}

/** Keys that are names of fields, not data such as paths, ids and test names. */
function isFieldName(key: string): boolean {
  return key.length <= 60 && /^[A-Za-z_$@][\w$@.:-]*$/.test(key) && !/\d{5}|[0-9a-f]{8}-/.test(key);
}

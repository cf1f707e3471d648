import { isObject, type JsonObject } from '../../base/json.ts';

/** Fields that frameworks put the kind of a record in, strongest first. */
const FIELDS = [
  'type',
  'kind',
  'role',
  'event',
  'event_type',
  'action',
  'observation',
  'subtype',
  'step',
] as const;

/** Members that hold the record proper where the outside is an envelope. */
const ENVELOPES = [
  'payload',
  'message',
  'msg',
  'data',
  'update',
  'params',
  'item',
  'part',
  'action',
  'observation',
  'attachment',
  'attributes',
];

const INNER_FIELDS = ['type', 'kind', 'role', 'subtype'] as const;

/** Records that decide which fields name kinds: one whose values vary like text names none. */
export const LEARNT_FROM = 200;
const MAX_VALUES = 40;

/** Says what kind a record is, by fields such as `type` and `role`, without knowing its format. */
export class KindNamer {
  /** Fields whose values turned out to be text, not kinds: a command under `action`. */
  private readonly banned = new Set<string>();

  /** Looks at the first records of an artifact. */
  learn(records: readonly unknown[]): void {
    for (const field of FIELDS) {
      const values = new Set<string>();
      for (const record of records) {
        const value = isObject(record) ? record[field] : undefined;
        if (typeof value !== 'string') continue;
        values.add(value);
        if (!isName(value)) this.banned.add(field);
      }
      if (values.size > MAX_VALUES) this.banned.add(field);
    }
  }

  /** The kind as its fields spell it (`response_item:function_call`); undefined when no field names one. */
  name(record: JsonObject): string | undefined {
    const parts: string[] = [];
    for (const field of FIELDS) {
      if (parts.length > 0 && (field === 'role' || field === 'event' || field === 'event_type')) continue;
      const value = record[field];
      if (this.banned.has(field) || typeof value !== 'string' || !isName(value)) continue;
      const isTelling = field === 'action' || field === 'observation';
      addPart(parts, isTelling ? `${field} ${value}` : value);
    }
    for (const envelope of ENVELOPES) {
      const inner = record[envelope];
      if (!isObject(inner)) continue;
      for (const field of INNER_FIELDS) {
        const value = inner[field];
        if (typeof value === 'string' && isName(value)) addPart(parts, value);
      }
    }
    return parts.length === 0 ? undefined : parts.slice(0, 4).join(':');
  }
}

/** The kind of a block inside a record, such as a `tool_use` in a message; undefined when it names none. */
export function nameBlock(block: JsonObject): string | undefined {
  for (const field of ['type', 'kind', 'role', 'event'] as const) {
    const value = block[field];
    if (typeof value === 'string' && isName(value)) return value;
  }
  return undefined;
}

/** Fields whose value names a kind need no place in the run: what the record became says it. */
export function namesKind(key: string): boolean {
  return (FIELDS as readonly string[]).includes(key);
}

function addPart(parts: string[], value: string): void {
  if (value !== 'message' && !parts.includes(value)) parts.push(value);
  else if (value === 'message' && parts.length === 0) parts.push(value);
}

function isName(value: string): boolean {
  return value.length > 0 && value.length <= 48 && /^[A-Za-z][\w.:/-]*$/.test(value) && !/\d{6}/.test(value);
}

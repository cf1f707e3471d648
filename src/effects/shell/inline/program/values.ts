import { exhaustive } from '../../../../base/assert.ts';
import type { ContentChange } from '../../../../model/effect.ts';
import type { FunctionText, Statement } from './syntax.ts';

/** Paths of the files whose content went into a value. */
export type Sources = readonly string[];

/** A text that came out of one file, and how: to be said as a change of it when it is written back. */
export interface Edits {
  readonly path: string;
  /** How often the program had written the file when it was read. */
  readonly version: number;
  readonly changes: readonly ContentChange[];
}

export interface TextValue {
  readonly kind: 'text';
  /** Undefined where nobody knows it. */
  readonly text: string | undefined;
  readonly from: Sources;
  readonly edits: Edits | undefined;
}

export interface NumberValue {
  readonly kind: 'number';
  readonly value: number;
  readonly isFloat: boolean;
  readonly from: Sources;
}

export interface ConstantValue {
  readonly kind: 'constant';
  readonly value: boolean | null;
  readonly from: Sources;
}

/** Changes in place. `items` is undefined once something was done to it that nobody can follow. */
export interface ListValue {
  readonly kind: 'list';
  items: Value[] | undefined;
  readonly isTuple: boolean;
}

export interface MapValue {
  readonly kind: 'map';
  entries: Map<string, Value> | undefined;
}

export interface PathValue {
  readonly kind: 'path';
  readonly path: string | undefined;
  readonly from: Sources;
}

/** An open file. */
export interface HandleValue {
  readonly kind: 'handle';
  /** Undefined for a file whose name only a run tells. */
  readonly path: string | undefined;
  readonly from: Sources;
  readonly mode: 'read' | 'write' | 'append' | 'update';
  readonly binary: boolean;
  /** What was written since it was opened; undefined once that is not known. */
  written: TextValue | undefined;
  /** An update went back to the start, or emptied the file. */
  rewound: boolean;
  truncated: boolean;
  closed: boolean;
  /** The step of the program that opened it ran only perhaps. */
  readonly doubt: Doubt;
  /** How many conditions nobody could decide stood around that. */
  readonly branching: number;
}

/** A name that the program got from elsewhere: a module, something of one, a built-in function. */
export interface SymbolValue {
  readonly kind: 'symbol';
  readonly name: string;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly define: FunctionText;
  readonly self: ObjectValue | undefined;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly methods: ReadonlyMap<string, FunctionText>;
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly of: ClassValue;
  readonly fields: Map<string, Value>;
}

export interface UnknownValue {
  readonly kind: 'unknown';
}

export type Value =
  | TextValue
  | NumberValue
  | ConstantValue
  | ListValue
  | MapValue
  | PathValue
  | HandleValue
  | SymbolValue
  | FunctionValue
  | ClassValue
  | ObjectValue
  | UnknownValue;

/** How sure it is that a place in the program runs, and with the values that we hold: 0 surely, 1 likely, 2 perhaps. */
export type Doubt = 0 | 1 | 2;

export interface CallArguments {
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

export const UNKNOWN: UnknownValue = { kind: 'unknown' };
export const NO_SOURCES: Sources = [];
export const NONE: ConstantValue = { kind: 'constant', value: null, from: NO_SOURCES };

/** Texts longer than this are not followed. */
export const TEXT_LIMIT = 8_000_000;

export function textOf(text: string | undefined, from: Sources = NO_SOURCES, edits?: Edits): TextValue {
  const kept = text !== undefined && text.length > TEXT_LIMIT ? undefined : text;
  return { kind: 'text', text: kept, from, edits };
}

export function numberOf(value: number, from: Sources = NO_SOURCES, isFloat = false): Value {
  return Number.isFinite(value) ? { kind: 'number', value, isFloat, from } : UNKNOWN;
}

export function truthOf(value: boolean, from: Sources = NO_SOURCES): ConstantValue {
  return { kind: 'constant', value, from };
}

export function listOf(items: Value[] | undefined, isTuple = false): ListValue {
  return { kind: 'list', items, isTuple };
}

export function pathOf(path: string | undefined, from: Sources = NO_SOURCES): PathValue {
  return { kind: 'path', path, from };
}

export function sourcesOf(value: Value | undefined): Sources {
  return value && 'from' in value ? value.from : NO_SOURCES;
}

export function unite(a: Sources, b: Sources): Sources {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  return [...new Set([...a, ...b])].slice(0, 20);
}

/** The text that a value is as a path; undefined where only a run could tell. */
export function pathText(value: Value | undefined): string | undefined {
  if (value?.kind === 'text') return value.text;
  return value?.kind === 'path' ? value.path : undefined;
}

/** What is true or false of a value; undefined where nobody knows. */
export function truthiness(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'text':
      return value.text === undefined ? undefined : value.text !== '';
    case 'number':
      return value.value !== 0;
    case 'constant':
      return value.value === true;
    case 'list':
      return value.items && value.items.length > 0;
    case 'map':
      return value.entries && value.entries.size > 0;
    case 'unknown':
    case 'symbol':
      return undefined;
    case 'path':
    case 'handle':
    case 'function':
    case 'class':
    case 'object':
      return true;
    default:
      return exhaustive(value);
  }
}

/** Text literals that a program is read with stay small; a body is kept by reference. */
export type Body = readonly Statement[];

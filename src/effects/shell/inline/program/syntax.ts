/**
 * What the readers of inline programs make of a program's text, whatever its language: statements and expressions, as
 * far as they are needed to follow texts, paths and calls. What is not understood is `opaque` and holds its parts.
 */
export type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number; readonly isFloat: boolean }
  | { readonly kind: 'constant'; readonly value: true | false | null }
  /** A text with expressions in it. */
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly args: readonly Expression[];
      readonly named: readonly NamedArgument[];
    }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | {
      readonly kind: 'slice';
      readonly of: Expression;
      readonly from: Expression | undefined;
      readonly to: Expression | undefined;
      readonly step: Expression | undefined;
    }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly of: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly isTuple: boolean }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [Expression, Expression])[] }
  | {
      readonly kind: 'choice';
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  /** `[element for target in over if conditions]`, with one `for`. */
  | {
      readonly kind: 'each';
      readonly element: Expression;
      readonly target: Expression;
      readonly over: Expression;
      readonly conditions: readonly Expression[];
    }
  | { readonly kind: 'function'; readonly define: FunctionText }
  | { readonly kind: 'assign'; readonly target: Expression; readonly value: Expression }
  | { readonly kind: 'opaque'; readonly parts: readonly Expression[] };

export interface NamedArgument {
  readonly name: string;
  readonly value: Expression;
}

export interface FunctionText {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
}

export interface Parameter {
  readonly name: string;
  readonly fallback: Expression | undefined;
  /** Takes all the arguments that are left. */
  readonly rest: boolean;
}

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression }
  | {
      readonly kind: 'augment';
      readonly target: Expression;
      readonly operator: string;
      readonly value: Expression;
    }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: 'for';
      readonly target: Expression;
      readonly over: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | { readonly kind: 'while'; readonly test: Expression; readonly body: readonly Statement[] }
  | { readonly kind: 'with'; readonly items: readonly WithItem[]; readonly body: readonly Statement[] }
  | {
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handlers: readonly (readonly Statement[])[];
      readonly otherwise: readonly Statement[];
      readonly last: readonly Statement[];
    }
  | { readonly kind: 'define'; readonly define: FunctionText }
  | { readonly kind: 'class'; readonly name: string; readonly body: readonly Statement[] }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  /** The program ends with a failure unless somebody catches it. */
  | { readonly kind: 'raise'; readonly value: Expression | undefined }
  | { readonly kind: 'assert'; readonly test: Expression }
  | { readonly kind: 'jump'; readonly to: 'break' | 'continue' }
  | { readonly kind: 'import'; readonly name: string; readonly symbol: string }
  | { readonly kind: 'delete'; readonly targets: readonly Expression[] }
  /** A block of which nobody knows whether and how often it runs. */
  | { readonly kind: 'maybe'; readonly body: readonly Statement[] };

export interface WithItem {
  readonly value: Expression;
  readonly target: Expression | undefined;
}

export const NOTHING: Expression = { kind: 'opaque', parts: [] };

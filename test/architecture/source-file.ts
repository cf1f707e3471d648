import ts from 'typescript';

/** A module specifier as written, with its line. Type imports, re-exports and dynamic imports count too. */
export interface ImportSite {
  readonly specifier: string;
  readonly line: number;
}

/** What a rule may want to know about one source file; paths are posix, relative to the repository. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly ImportSite[];
  /** Constructs that some rule bans, by name. */
  readonly findings: readonly Finding[];
}

export type FindingKind = 'impure' | 'any' | 'non-null' | 'suppression' | 'default-export' | 'focused-test';

export interface Finding {
  readonly kind: FindingKind;
  readonly what: string;
  readonly line: number;
}

/** Names that only a machine, a browser or a runtime gives. A file that declares the name itself is not meant. */
const IMPURE_NAMES = new Set([
  'Buffer',
  'XMLHttpRequest',
  'WebSocket',
  'Worker',
  'console',
  'crypto',
  'document',
  'fetch',
  'globalThis',
  'localStorage',
  'navigator',
  'performance',
  'process',
  'queueMicrotask',
  'require',
  'sessionStorage',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'window',
]);

const SUPPRESSION = /@ts-(?:ignore|expect-error|nocheck)|(?:eslint|oxlint)-disable|biome-ignore|v8 ignore/;
const TEST_FUNCTIONS = new Set(['it', 'test', 'describe', 'suite', 'bench']);
const FOCUSED = new Set(['only', 'skip', 'todo', 'fails']);

/** Reads one file's syntax; no types are resolved. */
export function readSource(path: string, text: string): SourceFile {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind);
  const lineOf = (at: number) => tree.getLineAndCharacterOfPosition(at).line + 1;
  const imports: ImportSite[] = [];
  const findings: Finding[] = [];
  const names: { name: string; line: number }[] = [];
  const declared = new Set<string>();

  const visit = (node: ts.Node): void => {
    const line = lineOf(node.getStart(tree));
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push({ specifier, line });
    const finding = findingOf(node);
    if (finding) findings.push({ ...finding, line });
    if (ts.isIdentifier(node)) {
      if (isDeclaration(node)) declared.add(node.text);
      else if (isFreeUse(node)) names.push({ name: node.text, line });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);

  for (const { name, line } of names) {
    if (IMPURE_NAMES.has(name) && !declared.has(name)) findings.push({ kind: 'impure', what: name, line });
  }
  findings.push(...suppressionsIn(tree, lineOf));
  return { path, lines: countLines(text), imports, findings };
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return literal(node.arguments[0]) ?? '<computed>';
  }
  return undefined;
}

function literal(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function findingOf(node: ts.Node): Omit<Finding, 'line'> | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return { kind: 'any', what: 'any' };
  if (ts.isNonNullExpression(node)) return { kind: 'non-null', what: node.getText() };
  if (ts.isExportAssignment(node)) return { kind: 'default-export', what: 'export default' };
  if (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)) {
    return { kind: 'default-export', what: 'export default' };
  }
  if (ts.isPropertyAccessExpression(node)) return findingOfAccess(node);
  if (ts.isNewExpression(node) && isName(node.expression, 'Date') && !node.arguments?.length) {
    return { kind: 'impure', what: 'new Date()' };
  }
  if (ts.isCallExpression(node) && isName(node.expression, 'Date')) return { kind: 'impure', what: 'Date()' };
  return undefined;
}

function findingOfAccess(node: ts.PropertyAccessExpression): Omit<Finding, 'line'> | undefined {
  const member = node.name.text;
  if (isName(node.expression, 'Date') && member === 'now') return { kind: 'impure', what: 'Date.now' };
  if (isName(node.expression, 'Math') && member === 'random') return { kind: 'impure', what: 'Math.random' };
  if (FOCUSED.has(member) && ts.isIdentifier(node.expression) && TEST_FUNCTIONS.has(node.expression.text)) {
    return { kind: 'focused-test', what: node.getText() };
  }
  return undefined;
}

function isName(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

function isDeclaration(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.name === node;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isClassDeclaration(parent) ||
      ts.isInterfaceDeclaration(parent) ||
      ts.isTypeAliasDeclaration(parent)) &&
    parent.name === node
  );
}

/** A use of a name as such: no member name, no key. A shorthand property is a use. */
function isFreeUse(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) return parent.name !== node;
  return !(
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isGetAccessorDeclaration(parent) ||
    ts.isSetAccessorDeclaration(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isNamedTupleMember(parent)
  );
}

/** Suppressions stand in comments, so only comments are searched: a string that names one is no suppression. */
function suppressionsIn(tree: ts.SourceFile, lineOf: (at: number) => number): Finding[] {
  const found = new Map<number, Finding>();
  const search = (node: ts.Node): void => {
    const start = node.getFullStart();
    const comments = [
      ...(ts.getTrailingCommentRanges(tree.text, start) ?? []),
      ...(ts.getLeadingCommentRanges(tree.text, start) ?? []),
    ];
    for (const comment of comments) {
      const match = SUPPRESSION.exec(tree.text.slice(comment.pos, comment.end));
      if (match && !found.has(comment.pos)) {
        found.set(comment.pos, { kind: 'suppression', what: match[0], line: lineOf(comment.pos) });
      }
    }
    for (const child of node.getChildren(tree)) search(child);
  };
  search(tree);
  return [...found.values()];
}

function countLines(text: string): number {
  if (text === '') return 0;
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

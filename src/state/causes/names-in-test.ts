import { baseName } from '../../base/path.ts';
import type { FileVersion, KnownTest, StepRecord } from '../../model/state.ts';
import type { CauseIndex } from './cause-index.ts';

/** Import lines stand at the top of a file: so much of it is read. */
const HEAD = 20_000;
/** So many lines of a test's output are read around each place that names it. */
const TRACE_LINES = 60;

/** Names of files that a test's result points at: the file of its name, files in its traceback, modules that its file imports. */
export function namesInTest(index: CauseIndex, { test }: KnownTest, record: StepRecord): ReadonlySet<string> {
  const names = new Set<string>();
  const file = fileOfTest(test);
  if (file !== undefined) names.add(baseName(file));
  const result = record.tests?.results.find((one) => one.test === test);
  collectFiles(result?.message ?? '', names);
  collectFiles(traceOf(test, record.step.observation ?? ''), names);
  const path = file === undefined ? undefined : index.paths.resolve(file, record.cwd);
  const content = path === undefined ? undefined : index.versionAt(path, record.position)?.content;
  if (content !== undefined) for (const name of importsOf(content.slice(0, HEAD))) names.add(name);
  return names;
}

/** Whether a version is of a file that one of the names means: by file name, or by module name. */
export function isNamed({ path }: FileVersion, names: ReadonlySet<string>): boolean {
  const name = baseName(path);
  if (names.has(name)) return true;
  const stem = name.replace(/\.\w+$/, '');
  if (names.has(stem)) return true;
  return /^(?:__init__|index|mod)$/.test(stem) && names.has(baseName(path.slice(0, -name.length - 1)));
}

/** `tests/test_a.py::TestX::test_y` and `src/a.test.ts > b` name a file; `test_b (pkg.test_a.TestX)` a module. */
function fileOfTest(test: string): string | undefined {
  const path = /^[^\s:>]+\.\w{1,5}(?=::| > |$)/.exec(test)?.[0];
  if (path !== undefined) return path;
  const module = /\(([\w.]{1,300})\)$/
    .exec(test)?.[1]
    ?.split('.')
    .find((part) => /^test|test$|tests$/i.test(part));
  return module === undefined ? undefined : `${module}.py`;
}

const FILE =
  /[\w@+-][\w@+.-]{0,120}\.(?:py|pyx|js|mjs|cjs|jsx|ts|tsx|go|rs|java|kt|rb|php|c|h|cc|cpp|hpp|cs|scala|swift|sh|json|ya?ml|toml|ini|cfg|html?|css|sql|txt)\b/g;

function collectFiles(text: string, names: Set<string>): void {
  for (const match of text.matchAll(FILE)) names.add(match[0]);
}

/** What the output says below the headings that name the test, up to the next heading. */
function traceOf(test: string, output: string): string {
  const last = test.split(/::| > |\s/).at(-1) ?? '';
  const name = /^[\w[\]-]{3,}/.exec(last)?.[0] ?? '';
  if (name === '') return '';
  const parts: string[] = [];
  for (
    let at = output.indexOf(name), seen = 0;
    at >= 0 && seen < 6;
    at = output.indexOf(name, at + 1), seen++
  ) {
    const start = output.lastIndexOf('\n', at) + 1;
    // `___ test_b ___` of pytest, `FAIL: test_b` of unittest, `● suite › b` of jest, `--- FAIL: TestB` of go.
    if (!/^(?:_{3,}|(?:FAIL|ERROR): |\s*●|\s*--- FAIL|---- )/.test(output.slice(start, start + 20))) continue;
    parts.push(
      ...output
        .slice(start, start + 8000)
        .split('\n', TRACE_LINES)
        .slice(0, endOfTrace(output, start)),
    );
  }
  return parts.join('\n');
}

/** Lines up to the next heading of the same kind. */
function endOfTrace(output: string, start: number): number {
  const lines = output.slice(start, start + 8000).split('\n', TRACE_LINES);
  const next = lines.findIndex(
    (line, i) =>
      i > 0 &&
      /^(?:_{3,} |={3,}|(?:FAIL|ERROR): |\s*●|\s*--- (?:FAIL|PASS)|---- )/.test(line) &&
      !/^=+$/.test(line),
  );
  return next < 0 ? lines.length : next;
}

const PYTHON_IMPORT = /^\s*(?:from\s+([.\w]+)\s+import\s+([^#]{1,400})|import\s+([\w., ]{1,400}))/;
const SCRIPT_IMPORT = /(?:\bfrom\s+|\brequire\(\s*|\bimport\(?\s*)['"]([^'"\n]{1,300})['"]/;

/** Last parts of the modules that a text imports, and the names taken out of them, which may be modules too. */
function importsOf(text: string): string[] {
  const names: string[] = [];
  for (const line of text.split('\n')) {
    const python = PYTHON_IMPORT.exec(line);
    if (python) {
      for (const module of [python[1], ...(python[3]?.split(',') ?? [])]) {
        const last = module?.trim().split(/\s/)[0]?.split('.').at(-1);
        if (last) names.push(last);
      }
      for (const name of python[2]?.replace(/[()]/g, '').split(',') ?? []) {
        const word = /^\s*(\w+)/.exec(name)?.[1];
        if (word) names.push(word);
      }
    }
    const script = SCRIPT_IMPORT.exec(line)?.[1];
    if (script !== undefined) names.push(baseName(script).replace(/\.\w+$/, ''), baseName(script));
  }
  return names;
}

/** An error that an output states, before it is known where in the run it stands. */
export interface FoundError {
  /** The verbatim line. */
  readonly line: string;
  /** Places that it names; of a trace the last is the deepest. */
  readonly files: readonly { readonly path: string; readonly line?: number }[];
}

/** More errors of one output than this say nothing new. */
const MOST = 12;
const LONGEST_LINE = 2000;

/** Any of these must stand in the output, or nothing is an error: keeps large harmless outputs cheap. */
const HINT =
  /error|exception|traceback|not found|no such file|denied|fatal|panic|failed|killed|segmentation|cannot |can't |unable to|npm err|refused|timed out|undefined: |invalid|unrecognized|not recognized/i;

const PYTHON_FILE = /^\s+File "([^"]{1,400})", line (\d+)/;
const PYTHON_ERROR =
  /^(?:[A-Za-z_][\w.]*\.)?[A-Za-z_]\w*(?:Error|Exception|Interrupt|Exit|Warning|Failure|Failed)\b(?:: |:$|$)/;
const PLACED =
  /^((?:\.{0,2}\/)?[\w@+./-]{1,300}\.\w{1,8}):(\d+)(?::\d+)?:\s*(?:(?:fatal )?error\b|\w*(?:Error|Exception)\b|[A-Z]\w+ error|undefined\b|undefined:|cannot |syntax error)/;
const TYPESCRIPT = /^([\w@+./-]{1,300}\.\w{1,5})[:(](\d+)[:,]\d+\)?(?::| -) error TS\d+/;
const RUST = /^error(?:\[E\d{2,5}\])?: /;
const RUST_PLACE = /^\s*--> ([^\s:]{1,300}):(\d+)/;
const PANIC = /^(?:panic: |fatal error: |thread '[^']{0,200}' (?:\(\d+\) )?panicked at )/;
const SHELL =
  /^(?:[\w./-]{1,80}: )?(?:line \d+: |\d+: )?(?:\w{1,20}: )?[^:\n]{1,300}: (?:command not found|not found|No such file or directory|Permission denied|Is a directory|Not a directory|File exists|cannot open|Operation not permitted|Connection refused)\b/;
const PATH_OF_SHELL = /[`'"‘]?((?:\.{0,2}\/)?[\w@+.-]+(?:\/[\w@+.-]+)*)[`'"’]?: No such file or directory/;
const PYTEST = /^E\s{2,}(?=\S)(?!\s*[+?-] )(?!\s*File ")/;
/** A line of what pytest says of an exception; the message may go on over several. */
const PYTEST_SAID = /^E(?: {2,}|$)/;
const PYTEST_NAMED =
  /^E\s{2,}(?:[A-Za-z_][\w.]*\.)?[A-Za-z_]\w*(?:Error|Exception|Interrupt|Exit|Warning|Failure|Failed)\b(?:: |:$|$)/;
const PYTEST_PLACE = /^([\w./-]{1,300}\.py):(\d+): \w+/;
const SCRIPT_ERROR = /^(?:Uncaught )?(?:[A-Z]\w*)?Error(?: \[[A-Z_]+\])?: \S/;
const SCRIPT_PLACE =
  /^\s+at .{0,100}?\(?(?:file:\/\/)?((?:node:|\.{0,2}\/)?[\w@+./-]{1,300}\.\w{1,4}):(\d+):\d+\)?$/;
const OTHER =
  /^(?:fatal: \S|ERROR[: ]|Error: \S|error: \S|npm (?:ERR!|error) (?:code|Missing|Cannot)|make(?:\[\d+\])?: \*\*\* |Segmentation fault|Killed$|E: \S|FATAL|Caused by: |Exception in thread |java\.lang\.\w+|ld: |collect2: error|CMake Error|usage: .{0,40}error|Test(?:s)? failed)/;
const TOOL =
  /^(?:<tool_use_error>|No replacement was performed|String to replace not found|File has not been read yet|Your proposed edit has introduced|File does not exist|The path .{1,300} does not exist|Invalid `|Cannot edit|Found \d+ matches of the string|InputValidationError|Permission to use|Error editing)/;

/**
 * Errors stated in an output, in order, repeats left out. Linear in its length. `shellOnly`: the output shows texts
 * that may talk of errors, so only the shell's own complaints count.
 */
export function findErrors(output: string, shellOnly = false): FoundError[] {
  if (!HINT.test(output)) return [];
  const found: FoundError[] = [];
  const known = new Set<string>();
  let trace: { path: string; line?: number }[] = [];
  let inTrace = false;
  let saidBefore = false;
  let last: { line: string; files: { path: string; line?: number }[] } | undefined;
  const add = (line: string, files: { path: string; line?: number }[]): void => {
    last = { line, files };
    if (known.has(line) || found.length >= MOST) return;
    known.add(line);
    found.push(last);
  };
  for (let start = 0, end = 0; start < output.length; start = end + 1) {
    end = output.indexOf('\n', start);
    if (end < 0) end = output.length;
    if (end === start || end - start > LONGEST_LINE) continue;
    const line = output.slice(start, output.charCodeAt(end - 1) === 13 ? end - 1 : end);
    if (shellOnly) {
      if (SHELL.test(line) || TOOL.test(line)) add(line, classify(line) ?? []);
      continue;
    }
    if (line.startsWith('Traceback (most recent call last)')) {
      inTrace = true;
      trace = [];
      continue;
    }
    const frame = line.charCodeAt(0) === 32 ? PYTHON_FILE.exec(line) : null;
    if (frame) {
      trace.push({ path: frame[1] ?? '', line: Number(frame[2]) });
      if (trace.length > 10) trace.shift();
      inTrace = true;
      continue;
    }
    if (inTrace && line.charCodeAt(0) !== 32) {
      inTrace = false;
      if (PYTHON_ERROR.test(line) || /^[A-Za-z_][\w.]*(?::|$)/.test(line)) {
        add(line, trace);
        trace = [];
        continue;
      }
    }
    const place = last && (RUST_PLACE.exec(line) ?? SCRIPT_PLACE.exec(line) ?? PYTEST_PLACE.exec(line));
    if (place && last) {
      // These print the deepest frame first; everywhere the last is the deepest.
      if (last.files.length < 10) last.files.unshift({ path: place[1] ?? '', line: Number(place[2]) });
      continue;
    }
    const goesOn = saidBefore && PYTEST_SAID.test(line) && !PYTEST_NAMED.test(line);
    saidBefore = PYTEST_SAID.test(line);
    const files = goesOn ? undefined : classify(line);
    if (files) add(line, files);
  }
  return found;
}

/** What stands for the error of a failed step that states none: its last words. */
export function lastWords(output: string): FoundError | undefined {
  const line = output.trimEnd().slice(-LONGEST_LINE).split('\n').at(-1)?.trim();
  return line === undefined || line === '' ? undefined : { line, files: [] };
}

/** The places that an error line itself names; undefined when the line states no error. */
function classify(line: string): { path: string; line?: number }[] | undefined {
  const placed = PLACED.exec(line) ?? TYPESCRIPT.exec(line);
  if (placed) return [{ path: placed[1] ?? '', line: Number(placed[2]) }];
  if (SHELL.test(line)) {
    const path = PATH_OF_SHELL.exec(line)?.[1];
    return path === undefined ? [] : [{ path }];
  }
  const stated =
    PYTHON_ERROR.test(line) ||
    RUST.test(line) ||
    PANIC.test(line) ||
    PYTEST.test(line) ||
    SCRIPT_ERROR.test(line) ||
    OTHER.test(line) ||
    TOOL.test(line);
  return stated ? [] : undefined;
}

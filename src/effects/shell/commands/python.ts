import { baseName } from '../../../base/path.ts';
import { findSpec } from '../catalogue/index.ts';
import { guessProgram } from '../guess-program.ts';
import type { Call, CommandReader, Host, Outcome } from '../host.ts';
import { scanPython } from '../inline/python/scan-python.ts';
import type { Arg } from '../resolve-word.ts';

/** Modules that act like a program of another name. */
const MODULES: Readonly<Record<string, string>> = {
  pytest: 'pytest',
  'py.test': 'pytest',
  'grpc_tools.protoc': 'protoc',
  virtualenv: 'virtualenv',
  django: 'django-admin',
  flask: 'flask',
  IPython: 'ipython',
  ipython: 'ipython',
  pre_commit: 'pre-commit',
  'mypy.stubgen': 'stubgen',
  PyInstaller: 'pyinstaller',
  sphinx: 'sphinx-build',
  'twisted.trial': 'trial',
  'torch.distributed.run': 'python',
  'torch.distributed.launch': 'python',
};

/** Modules that only print what they are given. */
const LOOKS = new Set(
  'json.tool py_compile compileall site sysconfig platform timeit dis tokenize ast pickletools inspect this calendar pdb cProfile profile trace pstats tabnanny sys doctest pydoc help py_spy pip_licenses pipdeptree sqlite3 torch.utils.collect_env pycodestyle pyflakes'.split(
    ' ',
  ),
);
const SERVES = new Set(
  'http.server SimpleHTTPServer uvicorn gunicorn hypercorn streamlit smtpd aiosmtpd websockify'.split(' '),
);
const INSTALLS = new Set('ensurepip'.split(' '));
const WRITES = new Set(
  'venv build zipapp lib2to3 gensim.scripts 2to3 pip_tools spacy nltk.downloader playwright grpc_tools cython nuitka'.split(
    ' ',
  ),
);

/** `python`: `-c TEXT`, `-m MODULE`, a here-document, or a script. */
export const python: CommandReader = (call, host) => {
  const { args } = call;
  let at = 0;
  for (; at < args.length; at++) {
    const text = args[at]?.value ?? '';
    if (text === '-W' || text === '-X' || text === '--check-hash-based-pycs') at++;
    else if (text === '-c') return inline(args[at + 1], args.slice(at + 2), call, host);
    else if (text.startsWith('-c') && text.length > 2 && !text.startsWith('-c=')) {
      return inline({ value: text.slice(2), known: true }, args.slice(at + 1), call, host);
    } else if (/^-[a-zA-Z]*m$/.test(text)) return runModule(args[at + 1], args.slice(at + 2), call, host);
    else if (/^-[a-zA-Z]*c$/.test(text)) return inline(args[at + 1], args.slice(at + 2), call, host);
    else if (!text.startsWith('-') || text === '-') break;
  }
  const script = args[at];
  if (!script || script.value === '-') {
    if (call.draftInput !== undefined)
      scanText(call.draftInput, args.slice(at + 1), host, call.input === undefined);
    else if (call.hasInput) host.guess('python');
    return undefined;
  }
  return runScript(script, args.slice(at + 1), call, host);
};

function inline(text: Arg | undefined, rest: readonly Arg[], call: Call, host: Host): Outcome | undefined {
  host.emit({ kind: 'run', program: call.name, certainty: 'certain' });
  if (text) scanPython(text.value, host, call.name, { argv: values(rest), isDraft: !text.known });
  return undefined;
}

function scanText(text: string, rest: readonly Arg[], host: Host, isDraft = false): void {
  host.emit({ kind: 'run', program: 'python', certainty: 'certain' });
  scanPython(text, host, 'python', { argv: values(rest), isDraft });
}

function values(args: readonly Arg[]): string[] {
  return args.map((arg) => arg.value);
}

function runModule(
  module: Arg | undefined,
  rest: readonly Arg[],
  call: Call,
  host: Host,
): Outcome | undefined {
  if (!module) return undefined;
  const name = module.value;
  const top = name.split('.')[0] ?? name;
  if (INSTALLS.has(name)) {
    if (rest.some((arg) => arg.value === '--version')) return undefined;
    host.emit({ kind: 'package', manager: 'pip', action: 'install', names: ['pip'], certainty: 'certain' });
    return undefined;
  }
  if (SERVES.has(name)) {
    if (!rest.some((arg) => /^(?:--help|-h|--version)$/.test(arg.value)))
      host.emit({ kind: 'process', action: 'start', what: name, background: true, certainty: 'certain' });
    return undefined;
  }
  if (name === 'json.tool' || name === 'zipfile' || name === 'tarfile') return runConverter(name, rest, host);
  if (LOOKS.has(name)) {
    host.emit({ kind: 'run', program: name, certainty: 'certain' });
    return undefined;
  }
  if (WRITES.has(name) || WRITES.has(top)) {
    const target = rest.findLast((arg) => !arg.value.startsWith('-'));
    if (name === 'venv' && target) host.emit({ kind: 'mkdir', path: target.value, certainty: 'certain' });
    else
      host.emit({ kind: 'build', tool: name, targets: rest.map((arg) => arg.value), certainty: 'certain' });
    return undefined;
  }
  const alias = MODULES[name] ?? (findSpec(name) ? name : undefined);
  if (alias !== undefined) return { next: [{ value: alias, known: true }, ...rest] };
  const text =
    host.script(`${name.replaceAll('.', '/')}.py`) ?? host.script(`${name.replaceAll('.', '/')}/__main__.py`);
  if (text !== undefined) scanText(text, rest, host);
  else guessProgram({ ...call, args: rest }, host, name.split('.').at(-1) ?? name);
  return undefined;
}

/** `python -m json.tool IN OUT`, `python -m zipfile -e IN DIR`. */
function runConverter(name: string, rest: readonly Arg[], host: Host): undefined {
  const operands = rest.filter((arg) => !arg.value.startsWith('-'));
  const [input, output] = operands;
  if (input) host.emit({ kind: 'read', path: input.value, certainty: 'certain' });
  if (name === 'json.tool') {
    if (output)
      host.emit({ kind: 'write', path: output.value, change: { kind: 'unknown' }, certainty: 'certain' });
  } else if (rest.some((arg) => /^(?:-e|-c|--extract|--create)$/.test(arg.value))) {
    host.emit({
      kind: 'build',
      tool: name,
      targets: operands.slice(1).map((arg) => arg.value),
      certainty: 'certain',
    });
  }
  return undefined;
}

const TESTS = /^(?:runtests|run_tests?|test_runner|tests?)\.py$/;

function runScript(script: Arg, rest: readonly Arg[], call: Call, host: Host): Outcome | undefined {
  const path = script.value;
  const name = baseName(path);
  if (name === 'manage.py') return { next: [{ value: 'django-admin', known: true }, ...rest] };
  if (name === 'setup.py' && rest.length > 0) {
    const action = rest.find((arg) => !arg.value.startsWith('-'))?.value;
    if (action === 'test') host.emit({ kind: 'test', runner: 'setup.py', targets: [], certainty: 'certain' });
    else if (action === 'install' || action === 'develop')
      host.emit({
        kind: 'package',
        manager: 'setup.py',
        action: 'install',
        names: ['.'],
        certainty: 'certain',
      });
    else if (action !== undefined && !/^(?:check|--version|--name)$/.test(action))
      host.emit({ kind: 'build', tool: 'setup.py', targets: [action], certainty: 'certain' });
    return undefined;
  }
  if (TESTS.test(name))
    host.emit({ kind: 'test', runner: name, targets: rest.map((arg) => arg.value), certainty: 'certain' });
  const text = host.script(path);
  if (text === undefined) {
    guessProgram({ ...call, args: rest }, host, path);
    return undefined;
  }
  host.emit({ kind: 'run', program: call.name, script: path, certainty: 'certain' });
  scanPython(text, host, path, { argv: values(rest) });
  return undefined;
}

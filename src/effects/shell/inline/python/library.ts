import { baseName, dirName, normalizePath } from '../../../../base/path.ts';
import type { Effect } from '../../../../model/effect.ts';
import { openFile } from '../program/file-texts.ts';
import type { Machine } from '../program/machine.ts';
import { quoteWord } from '../program/machine.ts';
import {
  type CallArguments,
  listOf,
  NONE,
  numberOf,
  pathOf,
  pathText,
  sourcesOf,
  textOf,
  truthiness,
  truthOf,
  UNKNOWN,
  unite,
  type Value,
} from '../program/values.ts';
import { type JsonStyle, jsonText } from './json-text.ts';
import { modeOf, printTo, writeTo } from './object-methods.ts';
import { display, joinPaths } from './operators.ts';
import { callTextMethod } from './text-methods.ts';

type Function = (machine: Machine, call: CallArguments) => Value;

/** Emits an effect of a path that an argument names, or says that something somewhere was touched. */
function onPath(make: (path: string) => Effect): Function {
  return (machine, call) => {
    const value = call.args[0] ?? call.named.get('path') ?? call.named.get('name');
    const path = pathText(value);
    const place = path === undefined ? undefined : machine.place(path);
    if (place === undefined) machine.outputs('certain');
    else {
      const effect = make(place);
      machine.emit(sourcesOf(value).length > 0 ? { ...effect, certainty: 'likely' } : effect);
    }
    return NONE;
  };
}

function transfer(kind: 'move' | 'copy', recursive = false): Function {
  return (machine, call) => {
    const [from, to] = [call.args[0] ?? call.named.get('src'), call.args[1] ?? call.named.get('dst')].map(
      (value) => {
        const path = pathText(value);
        return path === undefined ? undefined : machine.place(path);
      },
    );
    const certainty =
      sourcesOf(call.args[0]).length + sourcesOf(call.args[1]).length > 0 ? 'likely' : 'certain';
    if (from === undefined || to === undefined) machine.outputs(certainty);
    else if (kind === 'move') machine.emit({ kind, from, to, certainty });
    else machine.emit({ kind, from, to, recursive, certainty });
    return to === undefined ? UNKNOWN : textOf(to);
  };
}

const open: Function = (machine, call) => {
  const target = call.args[0] ?? call.named.get('file');
  return openFile(machine, target, pathText(target), modeOf(call.args[1] ?? call.named.get('mode')));
};

const join: Function = (_, call) => {
  const [first, ...rest] = call.args;
  const joined = rest.reduce<Value>((left, right) => joinPaths(left, right), first ?? textOf(''));
  return textOf(pathText(joined), sourcesOf(joined));
};

const makePath: Function = (_, call) => {
  const [first, ...rest] = call.args;
  const start = first ?? textOf('');
  const joined = rest.reduce<Value>((left, right) => joinPaths(left, right), start);
  return pathOf(pathText(joined), sourcesOf(joined));
};

/** A text, or a list of words, that a shell or the system runs. */
const runCommand: Function = (machine, call) => {
  const first = call.args[0] ?? call.named.get('args') ?? call.named.get('cmd');
  const folder = pathText(call.named.get('cwd'));
  machine.shell(commandText(first, call), folder);
  for (const name of ['stdout', 'stderr']) {
    const target = call.named.get(name);
    if (target?.kind === 'handle') writeTo(machine, target, UNKNOWN);
  }
  return UNKNOWN;
};

function commandText(value: Value | undefined, call: CallArguments): string | undefined {
  if (value?.kind === 'text') return value.text;
  if (value?.kind !== 'list' || !value.items) return undefined;
  const words = value.items.map((item) => {
    if (item.kind === 'symbol' && item.name === 'sys.executable') return 'python';
    const shown = display(item);
    return shown.kind === 'text' ? shown.text : undefined;
  });
  const shell = call.named.get('shell');
  if (shell && truthiness(shell) === true) return words[0];
  // A word that is not known stands for itself: what the program is called with is worth reading all the same.
  if (words[0] === undefined) return undefined;
  return words.map((word) => (word === undefined ? '"$UNKNOWN"' : quoteWord(word))).join(' ');
}

function fetches(direction: 'fetch' | 'send'): Function {
  return (machine, call) => {
    const target = pathText(call.args[0] ?? call.named.get('url') ?? call.named.get('repo_id'));
    machine.emit({
      kind: 'network',
      direction,
      ...(target !== undefined && { target }),
      certainty: 'likely',
    });
    return UNKNOWN;
  };
}

/** Fetches something and keeps it: under a name in `file`'s place, else under one of its own. */
const download: Function = (machine, call) => {
  fetches('fetch')(machine, call);
  const path = pathText(call.args[1] ?? call.named.get('filename'));
  if (path === undefined) machine.outputs('likely');
  else machine.write(path, { kind: 'unknown' }, 'likely', true);
  return UNKNOWN;
};

/** Writes the file that argument `at` names; `names` are the names that the argument may have. */
export function writesTo(at: number, ...names: readonly string[]): Function {
  return (machine, call) => {
    const named = names.map((name) => call.named.get(name)).find((value) => value !== undefined);
    const value = call.args[at] ?? named;
    if (value?.kind === 'handle') writeTo(machine, value, UNKNOWN);
    else if (value && value.kind !== 'constant')
      machine.write(pathText(value), { kind: 'unknown' }, 'likely', true);
    return UNKNOWN;
  };
}

function jsonStyle(call: CallArguments): JsonStyle | undefined {
  const allowed = new Set(['indent', 'sort_keys', 'ensure_ascii', 'separators', 'fp', 'obj']);
  if ([...call.named.keys()].some((name) => !allowed.has(name))) return undefined;
  const given = call.named.get('indent');
  const isNone = !given || (given.kind === 'constant' && given.value === null);
  const indent =
    given?.kind === 'number'
      ? ' '.repeat(Math.min(40, given.value))
      : given?.kind === 'text'
        ? given.text
        : undefined;
  if (!isNone && indent === undefined) return undefined;
  const separators = call.named.get('separators');
  const [item, key] = (separators?.kind === 'list' ? separators.items : undefined) ?? [];
  if (separators && (item?.kind !== 'text' || key?.kind !== 'text')) return undefined;
  const sort = call.named.get('sort_keys');
  const ascii = call.named.get('ensure_ascii');
  return {
    indent,
    sorted: sort !== undefined && truthiness(sort) === true,
    ascii: ascii === undefined || truthiness(ascii) !== false,
    itemSeparator: (item?.kind === 'text' ? item.text : undefined) ?? (indent === undefined ? ', ' : ','),
    keySeparator: (key?.kind === 'text' ? key.text : undefined) ?? ': ',
  };
}

function jsonOf(call: CallArguments): Value {
  const style = jsonStyle(call);
  const [value] = call.args;
  return textOf(style && value ? jsonText(value, style) : undefined);
}

const dumpJson: Function = (machine, call) => {
  const target = call.args[1] ?? call.named.get('fp');
  if (target?.kind === 'handle') writeTo(machine, target, jsonOf(call));
  return NONE;
};

/** A pattern of plain characters replaces as `str.replace` does. */
const substitute: Function = (_, call) => {
  const [pattern, replacement, subject, count] = call.args;
  if (subject?.kind !== 'text') return textOf(undefined, sourcesOf(subject));
  const old =
    pattern?.kind === 'text' && pattern.text !== undefined ? literalPattern(pattern.text) : undefined;
  const plain =
    replacement?.kind === 'text' && replacement.text !== undefined && !replacement.text.includes('\\');
  const from = unite(sourcesOf(subject), unite(sourcesOf(pattern), sourcesOf(replacement)));
  if (old === undefined || !plain || call.named.has('flags') || call.args.length > 4)
    return textOf(undefined, from);
  const args = [textOf(old, sourcesOf(pattern)), replacement, ...(count ? [count] : [])];
  return callTextMethod(subject, 'replace', { args, named: call.named }) ?? UNKNOWN;
};

function literalPattern(pattern: string): string | undefined {
  const plain = pattern.replace(/\\([^\w\s])/g, '');
  return /[\\.^$*+?()[\]{}|]/.test(plain) ? undefined : pattern.replace(/\\([^\w\s])/g, '$1');
}

const len: Function = (_, { args: [value] }) => {
  if (value?.kind === 'text' && value.text !== undefined) return numberOf(value.text.length, value.from);
  if (value?.kind === 'list' && value.items) return numberOf(value.items.length);
  return UNKNOWN;
};

const range: Function = (_, { args }) => {
  const numbers = args.map((arg) => (arg.kind === 'number' ? arg.value : undefined));
  const [from, to, step] =
    args.length === 1 ? [0, numbers[0], 1] : [numbers[0], numbers[1], args[2] ? numbers[2] : 1];
  if (from === undefined || to === undefined || step === undefined || step === 0) return UNKNOWN;
  const size = Math.max(0, Math.ceil((to - from) / step));
  return size > 20_000
    ? UNKNOWN
    : listOf(Array.from({ length: size }, (_unused, i) => numberOf(from + i * step)));
};

const enumerate: Function = (machine, { args: [value, start] }) => {
  const items =
    value?.kind === 'handle'
      ? machine.dialect.callMethod(machine, value, 'readlines', { args: [], named: new Map() })
      : value;
  const first = start ? (start.kind === 'number' ? start.value : undefined) : 0;
  if (items?.kind !== 'list' || !items.items || first === undefined) return UNKNOWN;
  return listOf(items.items.map((item, i) => listOf([numberOf(first + i), item], true)));
};

const toList: Function = (machine, { args: [value] }) => {
  if (!value) return listOf([]);
  if (value.kind === 'handle')
    return machine.dialect.callMethod(machine, value, 'readlines', { args: [], named: new Map() }) ?? UNKNOWN;
  if (value.kind === 'list') return listOf(value.items && [...value.items]);
  if (value.kind === 'map')
    return listOf(value.entries && [...value.entries.keys()].map((key) => textOf(key)));
  return UNKNOWN;
};

const zip: Function = (_, { args }) => {
  const lists = args.map((arg) => (arg.kind === 'list' ? arg.items : undefined));
  const size = Math.min(...lists.map((items) => items?.length ?? Number.NaN));
  if (!Number.isFinite(size)) return UNKNOWN;
  return listOf(
    Array.from({ length: size }, (_unused, i) =>
      listOf(
        lists.map((items) => items?.[i] ?? UNKNOWN),
        true,
      ),
    ),
  );
};

const reversed: Function = (_, { args: [value] }) =>
  value?.kind === 'list' ? listOf(value.items?.toReversed()) : UNKNOWN;

/** A file of a form of its own: what is written to it is not its content. */
const openPacked: Function = (machine, call) => {
  const value = call.args[0] ?? call.named.get('name') ?? call.named.get('file');
  const path = pathText(value);
  const place = path === undefined ? undefined : machine.place(path);
  if (/[wax+]/.test(modeOf(call.args[1] ?? call.named.get('mode'))))
    machine.write(path, { kind: 'unknown' }, 'certain', true);
  else if (place !== undefined) machine.emit({ kind: 'read', path: place, certainty: 'certain' });
  return { kind: 'symbol', name: 'archive' };
};

const print: Function = (machine, call) => {
  const file = call.named.get('file');
  if (file?.kind === 'handle') printTo(machine, file, call);
  return NONE;
};

const serve: Function = (machine) => {
  machine.emit({
    kind: 'process',
    action: 'start',
    what: machine.tool,
    background: true,
    certainty: 'likely',
  });
  return UNKNOWN;
};

const kill: Function = (machine, { args: [pid, signal] }) => {
  // Signal 0 only asks whether the process is there.
  if (signal?.kind !== 'number' || signal.value !== 0) {
    const what = pid && display(pid);
    const name = what?.kind === 'text' ? (what.text ?? machine.tool) : machine.tool;
    machine.emit({ kind: 'process', action: 'kill', what: name, background: false, certainty: 'likely' });
  }
  return NONE;
};

const outputs: Function = (machine) => {
  machine.outputs('likely');
  return UNKNOWN;
};

const remove = onPath((path) => ({ kind: 'delete', path, recursive: false, certainty: 'certain' }));
const removeTree = onPath((path) => ({ kind: 'delete', path, recursive: true, certainty: 'certain' }));
const makeFolder = onPath((path) => ({ kind: 'mkdir', path, certainty: 'certain' }));
const changeMode = onPath((path) => ({ kind: 'mode', path, mode: '', certainty: 'certain' }));
const list = onPath((path) => ({ kind: 'search', paths: [path], certainty: 'certain' }));
const listHere: Function = (machine, call) => (call.args.length === 0 ? UNKNOWN : list(machine, call));
const same: Function = (_, { args: [value] }) => value ?? UNKNOWN;

const TABLE: readonly (readonly [Function, string])[] = [
  [open, 'open io.open codecs.open aiofiles.open builtins.open'],
  [makePath, 'pathlib.Path Path pathlib.PurePath pathlib.PosixPath PosixPath'],
  [join, 'os.path.join posixpath.join'],
  [same, 'os.path.abspath os.path.realpath os.path.expanduser os.path.expandvars os.fspath'],
  [
    (_, { args: [value] }) => {
      const path = pathText(value);
      return textOf(path === undefined ? undefined : dirName(path), sourcesOf(value));
    },
    'os.path.dirname',
  ],
  [
    (_, { args: [value] }) => {
      const path = pathText(value);
      return textOf(path === undefined ? undefined : baseName(path), sourcesOf(value));
    },
    'os.path.basename',
  ],
  [
    (_, { args: [value] }) => {
      const path = pathText(value);
      return textOf(path === undefined ? undefined : normalizePath(path), sourcesOf(value));
    },
    'os.path.normpath',
  ],
  [
    (machine, { args: [value] }) => {
      machine.enter(pathText(value));
      return NONE;
    },
    'os.chdir',
  ],
  [
    (machine) => textOf(machine.here === '' ? '.' : machine.here),
    'os.getcwd os.path.curdir pathlib.Path.cwd Path.cwd',
  ],
  [remove, 'os.remove os.unlink os.rmdir os.removedirs'],
  [removeTree, 'shutil.rmtree'],
  [makeFolder, 'os.makedirs os.mkdir'],
  [changeMode, 'os.chmod os.chown os.truncate os.mkfifo os.utime'],
  [listHere, 'os.listdir os.walk os.scandir glob.glob glob.iglob'],
  [transfer('move'), 'os.rename os.replace os.renames shutil.move'],
  [transfer('copy'), 'shutil.copy shutil.copy2 shutil.copyfile os.link os.symlink'],
  [transfer('copy', true), 'shutil.copytree'],
  [outputs, 'shutil.unpack_archive shutil.make_archive nltk.download'],
  [
    runCommand,
    'os.system os.popen commands.getoutput subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen subprocess.getoutput subprocess.getstatusoutput pexpect.spawn pexpect.run asyncio.create_subprocess_shell',
  ],
  [
    fetches('fetch'),
    'requests.get httpx.get urllib.request.urlopen urlopen requests.head requests.Session.get',
  ],
  [
    fetches('send'),
    'requests.post requests.put requests.patch requests.delete httpx.post httpx.put httpx.patch httpx.delete smtplib.SMTP',
  ],
  [download, 'urllib.request.urlretrieve urlretrieve gdown.download'],
  [
    (machine, call) => {
      fetches('fetch')(machine, call);
      machine.outputs('likely');
      return UNKNOWN;
    },
    'huggingface_hub.hf_hub_download huggingface_hub.snapshot_download datasets.load_dataset load_dataset hf_hub_download snapshot_download wget.download',
  ],
  [dumpJson, 'json.dump'],
  [(_, call) => jsonOf(call), 'json.dumps'],
  [
    writesTo(1),
    'pickle.dump yaml.dump yaml.safe_dump torch.save joblib.dump onnx.save scipy.io.savemat safetensors.torch.save_file toml.dump tomli_w.dump plistlib.dump',
  ],
  [
    writesTo(0, 'file', 'fname'),
    'numpy.save numpy.savez numpy.savez_compressed numpy.savetxt np.save np.savez np.savez_compressed np.savetxt cv2.imwrite imageio.imwrite imageio.mimsave matplotlib.pyplot.savefig plt.savefig plt.imsave soundfile.write sf.write scipy.io.wavfile.write wavfile.write',
  ],
  [writesTo(1, 'where', 'dest'), 'pyarrow.parquet.write_table pq.write_table feather.write_feather'],
  [substitute, 're.sub'],
  [
    (_, { args: [value] }) =>
      textOf(
        value?.kind === 'text' ? value.text?.replace(/[\\.^$*+?()[\]{}|#&~\-\s]/g, '\\$&') : undefined,
        sourcesOf(value),
      ),
    're.escape',
  ],
  [len, 'len'],
  [range, 'range'],
  [enumerate, 'enumerate'],
  [zip, 'zip'],
  [reversed, 'reversed'],
  [
    openPacked,
    'gzip.open bz2.open lzma.open tarfile.open zipfile.ZipFile tarfile.TarFile ZipFile h5py.File wave.open gzip.GzipFile',
  ],
  // They look at what they are given, and change nothing of it.
  [
    () => UNKNOWN,
    'any all sum min max isinstance issubclass type hasattr getattr repr int float set dict frozenset filter next id hash sorted os.path.exists os.path.isfile os.path.isdir os.path.getsize os.path.splitext re.search re.match re.findall re.compile re.split re.finditer json.loads json.load ast.parse copy.deepcopy copy.copy',
  ],
  [toList, 'list tuple iter'],
  [(_, { args: [value] }) => (value ? display(value) : textOf('')), 'str'],
  [print, 'print'],
  [kill, 'os.kill os.killpg'],
  [serve, 'uvicorn.run werkzeug.serving.run_simple waitress.serve socketserver.TCPServer.serve_forever'],
  [
    () => UNKNOWN,
    'tempfile.NamedTemporaryFile tempfile.mkdtemp tempfile.mkstemp tempfile.TemporaryDirectory',
  ],
  [
    (_, { args: [value] }) => (value?.kind === 'text' ? dedent(value.text, value.from) : UNKNOWN),
    'textwrap.dedent',
  ],
  [
    (_, { args: [value] }) =>
      value && truthiness(value) !== undefined
        ? truthOf(truthiness(value) === true, sourcesOf(value))
        : UNKNOWN,
    'bool',
  ],
];

/** Takes away the blanks that all lines begin with; tabs and lines of blanks alone are left to Python. */
function dedent(text: string | undefined, from: readonly string[]): Value {
  if (text === undefined || text.includes('\t')) return textOf(undefined, from);
  const lines = text.split('\n').map((line) => (/^ +$/.test(line) ? '' : line));
  const margins = lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length);
  const margin = margins.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  return textOf(
    margins.length === 0 ? lines.join('\n') : lines.map((line) => line.slice(margin)).join('\n'),
    from,
  );
}

/** What names of Python's library do, by their full name. */
export const LIBRARY: ReadonlyMap<string, Function> = new Map(
  TABLE.flatMap(([make, names]) => names.split(' ').map((name) => [name, make] as const)),
);

/** Names that modules are imported under when the program does not show it. */
export const USUAL_ALIASES: Readonly<Record<string, string>> = {
  np: 'numpy',
  plt: 'matplotlib.pyplot',
  pq: 'pyarrow.parquet',
};

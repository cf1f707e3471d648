import { baseName, dirName } from '../../../../base/path.ts';
import type { Dialect, Machine } from '../program/machine.ts';
import {
  type CallArguments,
  listOf,
  type PathValue,
  pathOf,
  pathText,
  textOf,
  truthiness,
  UNKNOWN,
  type Value,
} from '../program/values.ts';
import { LIBRARY, USUAL_ALIASES, writesTo } from './library.ts';
import { callMethod } from './object-methods.ts';
import { binary, display, index } from './operators.ts';

type Method = (machine: Machine, call: CallArguments, name: string) => Value | undefined;

/** Writes the file that the first argument names, where it looks like one. */
const saves: Method = (machine, call) => {
  const path = pathText(call.args[0] ?? call.named.get('path') ?? call.named.get('fp'));
  if (path === undefined || !/[./]/.test(path)) return undefined;
  machine.write(path, { kind: 'unknown' }, 'likely', true);
  return UNKNOWN;
};

const writesFirst: Method = (machine, call) => {
  if (call.args.length + call.named.size === 0) return UNKNOWN;
  return writesTo(0, 'path_or_buf', 'path', 'fname', 'excel_writer', 'save_directory', 'file')(machine, call);
};

/** `to_json()` without a name gives the text. */
const writesNamed: Method = (machine, call) => {
  const path = pathText(call.args[0] ?? call.named.get('path_or_buf'));
  if (path !== undefined) machine.write(path, { kind: 'unknown' }, 'likely', true);
  return UNKNOWN;
};

const outputs: Method = (machine) => {
  machine.outputs('likely');
  return UNKNOWN;
};

const SQL_CHANGES = /^\s*(?:INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|REPLACE|VACUUM|TRUNCATE)\b/i;

const executes: Method = (machine, call) => {
  const text = call.args[0]?.kind === 'text' ? call.args[0].text : undefined;
  if (text !== undefined && SQL_CHANGES.test(text)) machine.outputs('likely');
  return UNKNOWN;
};

/** A name without a leading slash or dot is one of a hub: loading it fills the cache. */
const loadsModel: Method = (machine, call) => {
  const name = pathText(call.args[0]);
  machine.emit({
    kind: 'network',
    direction: 'fetch',
    ...(name !== undefined && { target: name }),
    certainty: 'likely',
  });
  if (name !== undefined && !/^[./~]/.test(name)) machine.outputs('likely');
  return UNKNOWN;
};

const types: Method = (machine) => {
  machine.outputs('possible');
  return UNKNOWN;
};

const serves: Method = (machine) => {
  machine.emit({
    kind: 'process',
    action: 'start',
    what: machine.tool,
    background: true,
    certainty: 'likely',
  });
  return UNKNOWN;
};

/** Only for what is surely an application. */
const runsApplication: Method = (machine, call, name) =>
  /(?:^|\.)(?:app|application|Flask\(\)|FastAPI\(\)|Bottle\(\))\.run$/.test(name)
    ? serves(machine, call, name)
    : undefined;

const manages: Method = (machine, call) => {
  const name = pathText(call.args[0]);
  if (name !== undefined && /^(?:migrate|makemigrations|loaddata|flush|collectstatic)$/.test(name))
    machine.outputs('likely');
  return UNKNOWN;
};

const METHODS: ReadonlyMap<string, Method> = new Map(
  (
    [
      [
        writesFirst,
        'to_csv to_parquet to_excel to_pickle to_feather to_hdf to_html to_stata savefig save_pretrained save_model save_weights to_netcdf write_parquet write_csv write_image write_html save_to_disk imsave',
      ],
      [writesNamed, 'to_json'],
      [saves, 'save'],
      [outputs, 'extractall extract'],
      [executes, 'execute executemany executescript'],
      [loadsModel, 'from_pretrained SentenceTransformer'],
      [types, 'sendline send_keys'],
      [serves, 'serve_forever'],
      [runsApplication, 'run'],
      [manages, 'call_command'],
    ] satisfies readonly (readonly [Method, string])[]
  ).flatMap(([method, names]) => names.split(' ').map((name): readonly [string, Method] => [name, method])),
);

/** Arguments that name where something is kept. */
const KEEPS = [
  'output_folder',
  'output_dir',
  'out_dir',
  'save_dir',
  'cache_dir',
  'cache_folder',
  'local_dir',
];

function keepsSomething(machine: Machine, call: CallArguments): void {
  const value = KEEPS.map((name) => call.named.get(name)).find((given) => given !== undefined);
  if (value && truthiness(value) !== false) machine.outputs('likely');
}

function callSymbol(machine: Machine, given: string, call: CallArguments): Value | undefined {
  const top = given.split('.', 1)[0] ?? given;
  const alias = USUAL_ALIASES[top];
  const name = alias === undefined ? given : alias + given.slice(top.length);
  const known = LIBRARY.get(name);
  keepsSomething(machine, call);
  if (known) return known(machine, call);
  return METHODS.get(name.slice(name.lastIndexOf('.') + 1))?.(machine, call, name);
}

function callAny(machine: Machine, of: Value, method: string, call: CallArguments): Value | undefined {
  const known = callMethod(machine, of, method, call);
  if (known) return known;
  keepsSomething(machine, call);
  return of.kind === 'text' ? UNKNOWN : METHODS.get(method)?.(machine, call, method);
}

function member(machine: Machine, of: Value, name: string): Value | undefined {
  if (of.kind === 'symbol') {
    const full = `${of.name}.${name}`;
    if (full === 'sys.argv') return listOf([machine.tool, ...machine.argv].map((word) => textOf(word)));
    if (full === 'os.sep') return textOf('/');
    if (full === 'os.linesep') return textOf('\n');
    if (full === 'Path.cwd' || full === 'pathlib.Path.cwd') return undefined;
    return undefined;
  }
  if (of.kind === 'path') return pathMember(of, name);
  if (of.kind === 'handle' && name === 'name') return textOf(of.path, of.from);
  return UNKNOWN;
}

function pathMember(of: PathValue, name: string): Value {
  const { path, from } = of;
  if (path === undefined) return name === 'parent' ? pathOf(undefined, from) : textOf(undefined, from);
  const file = baseName(path);
  const dot = file.lastIndexOf('.');
  switch (name) {
    case 'parent':
      return pathOf(dirName(path) || '.', from);
    case 'name':
      return textOf(file, from);
    case 'stem':
      return textOf(dot > 0 ? file.slice(0, dot) : file, from);
    case 'suffix':
      return textOf(dot > 0 ? file.slice(dot) : '', from);
    default:
      return UNKNOWN;
  }
}

export const PYTHON: Dialect = { callSymbol, callMethod: callAny, member, binary, display, index };

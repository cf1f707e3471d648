import type { CommandReader } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';
import { isStream } from '../paths.ts';
import type { Arg } from '../resolve-word.ts';

interface WrapperRules {
  /** Options that take a value. */
  readonly values?: string;
  /** Operands of the wrapper itself before the command (`timeout 5 cmd`). */
  readonly skip?: number;
  /** Words `NAME=value` before the command. */
  readonly assignments?: boolean;
  readonly dropsInput?: boolean;
}

/** A program that runs the command in its arguments and adds nothing that we follow. */
function wrapper(rules: WrapperRules = {}): CommandReader {
  const values = optionSet(rules.values);
  return (call) => {
    const { operands } = readOptions(call.args, { values, dash: 'letters', stopAtOperand: true });
    let from = rules.skip ?? 0;
    if (rules.assignments) while (/^[A-Za-z_]\w*=/.test(operands[from]?.value ?? '')) from++;
    return { next: operands.slice(from), ...(rules.dropsInput && { dropsInput: true }) };
  };
}

/** `xargs`: the command gets further arguments from its input; they are paths of which we know no names. */
const xargs: CommandReader = (call) => {
  const values = optionSet('-I -i -n -P -L -d -s -a -E --max-args --max-procs --delimiter --replace');
  const options = readOptions(call.args, { values, dash: 'letters', stopAtOperand: true });
  if (options.operands.length === 0) return { next: [] };
  // The names stand only in the input; its usual mark stands for them.
  const mark = options.value('-I', '-i', '--replace')?.value ?? '{}';
  const replaced = options.value('-I', '-i', '--replace') !== undefined || options.has('-i', '--replace');
  const more: Arg[] = replaced ? [] : [{ value: '{}', known: false }];
  const words = replaced
    ? options.operands.map((word) =>
        word.value.includes(mark) ? { value: word.value.replaceAll(mark, '{}'), known: false } : word,
      )
    : options.operands;
  return { next: [...words, ...more], dropsInput: true };
};

/** A program that watches another one and writes what it saw where an option says. */
function tracer(values: string, outputs: string): CommandReader {
  const set = optionSet(values);
  const names = [...optionSet(outputs)];
  return (call, host) => {
    const options = readOptions(call.args, { values: set, dash: 'letters', stopAtOperand: true });
    for (const { value: path } of options.values(...names))
      if (!isStream(path))
        host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' });
    return { next: options.operands };
  };
}

/** `perf record CMD` writes `perf.data`; `perf stat CMD` prints; `perf report` reads. */
const perf: CommandReader = (call, host) => {
  const options = readOptions(call.args, {
    values: optionSet('-e -o -F -C -p -i -g --output'),
    dash: 'letters',
    stopAtOperand: true,
  });
  const [sub, ...rest] = options.operands;
  const inner = readOptions(rest, {
    values: optionSet('-e -o -F -C -p -i -r --output --call-graph'),
    dash: 'letters',
    stopAtOperand: true,
  });
  if (sub?.value === 'record') {
    const path = inner.value('-o', '--output')?.value ?? 'perf.data';
    host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' });
  }
  return {
    next: sub?.value === 'record' || sub?.value === 'stat' || sub?.value === 'trace' ? inner.operands : [],
  };
};

/** `bwrap --bind A B … cmd`: options take one or two values; the command begins where none of them is left. */
const bubblewrap: CommandReader = (call) => {
  const two = new Set(
    '--bind --ro-bind --dev-bind --bind-try --ro-bind-try --setenv --symlink --file --bind-data --ro-bind-data'.split(
      ' ',
    ),
  );
  const one = new Set(
    '--dev --proc --tmpfs --dir --chdir --unsetenv --uid --gid --hostname --cap-add --cap-drop --seccomp --lock-file'.split(
      ' ',
    ),
  );
  let at = 0;
  while (call.args[at]?.value.startsWith('--') === true) {
    const name = call.args[at]?.value ?? '';
    at += two.has(name) ? 3 : one.has(name) ? 2 : 1;
    if (name === '--') break;
  }
  return { next: call.args.slice(at) };
};

const sudo: CommandReader = (call, host) => {
  const values = optionSet('-u -g -h -p -C -D -R -T -U --user --group --chdir --host');
  const options = readOptions(call.args, { values, dash: 'letters', stopAtOperand: true });
  // `sudo -l` lists; `sudo -e FILE` edits.
  if (options.has('-e', '--edit'))
    for (const file of options.operands)
      host.emit({ kind: 'write', path: file.value, change: { kind: 'unknown' }, certainty: 'likely' });
  if (options.has('-l', '--list', '-e', '--edit', '-v', '-k')) return { next: [] };
  let from = 0;
  while (/^[A-Za-z_]\w*=/.test(options.operands[from]?.value ?? '')) from++;
  return { next: options.operands.slice(from) };
};

/** `command -v x` asks; `command x` runs. */
const command: CommandReader = (call) => {
  const options = readOptions(call.args, { values: optionSet(''), dash: 'letters', stopAtOperand: true });
  return { next: options.has('-v', '-V') ? [] : options.operands };
};

const env: CommandReader = (call, host) => {
  const values = optionSet('-u -C -S --unset --chdir --split-string');
  const options = readOptions(call.args, { values, dash: 'letters', stopAtOperand: true });
  const text = options.value('-S', '--split-string');
  if (text) host.shell(text.value, 'child');
  let from = 0;
  while (/^[A-Za-z_][\w.]*=/.test(options.operands[from]?.value ?? '')) from++;
  return { next: options.operands.slice(from) };
};

/** `watch 'cmd'` and `parallel 'cmd' ::: a b` take one text or words. */
const watch: CommandReader = (call, host) => {
  const values = optionSet('-n -d -g --interval -j -a -N --jobs --arg-file --delay --timeout --joblog');
  const options = readOptions(call.args, { values, dash: 'letters', stopAtOperand: true });
  const end = options.operands.findIndex((word) => word.value.startsWith(':::'));
  const words = end < 0 ? options.operands : options.operands.slice(0, end);
  const inputs = end < 0 ? [] : options.operands.slice(end + 1);
  const [first] = words;
  if (words.length === 1 && first && /\s/.test(first.value)) {
    host.shell(first.value, 'child');
    return { next: [] };
  }
  return { next: [...words, ...inputs], dropsInput: true };
};

const script: CommandReader = (call, host) => {
  const options = readOptions(call.args, { values: optionSet('-c -t -I -O -B --command'), dash: 'letters' });
  const text = options.value('-c', '--command');
  if (text) host.shell(text.value, 'child');
  const [file] = options.operands;
  if (file && file.value !== '/dev/null')
    host.emit({ kind: 'write', path: file.value, change: { kind: 'unknown' }, certainty: 'certain' });
  return undefined;
};

/** `start-stop-daemon --start --exec X`: a process that stays. */
const daemonize: CommandReader = (call, host) => {
  const stops = call.args.some((arg) => arg.value === '--stop' || arg.value === '-K');
  host.emit({
    kind: 'process',
    action: stops ? 'kill' : 'start',
    what: call.args.map((arg) => arg.value).join(' '),
    background: !stops,
    certainty: 'certain',
  });
  return undefined;
};

export const WRAPPERS: Readonly<Record<string, CommandReader>> = {
  sudo,
  doas: sudo,
  env,
  command,
  builtin: wrapper(),
  exec: wrapper({ values: '-a' }),
  nohup: wrapper(),
  setsid: wrapper(),
  time: tracer('-f -o --format --output', '-o --output'),
  timeout: wrapper({ values: '-s -k --signal --kill-after', skip: 1 }),
  gtimeout: wrapper({ values: '-s -k --signal --kill-after', skip: 1 }),
  nice: wrapper({ values: '-n --adjustment' }),
  ionice: wrapper({ values: '-c -n -p' }),
  chrt: wrapper({ values: '-p', skip: 1 }),
  taskset: wrapper({ values: '-p', skip: 1 }),
  stdbuf: wrapper({ values: '-i -o -e --input --output --error' }),
  unbuffer: wrapper(),
  rlwrap: wrapper(),
  chronic: wrapper(),
  catchsegv: wrapper(),
  fakeroot: wrapper(),
  firejail: wrapper(),
  bwrap: bubblewrap,
  pkexec: wrapper({ values: '--user' }),
  caffeinate: wrapper({ values: '-t -w' }),
  xcrun: wrapper({ values: '--sdk --toolchain' }),
  direnv: wrapper({ skip: 2 }),
  'cross-env': wrapper({ assignments: true }),
  dotenv: wrapper({ values: '-e -f' }),
  'env-cmd': wrapper({ values: '-f' }),
  accelerate: wrapper({
    skip: 1,
    values: '--num_processes --config_file --mixed_precision --gpu_ids --main_process_port',
  }),
  deepspeed: wrapper({ values: '--num_gpus --include --hostfile --master_port' }),
  mpirun: wrapper({ values: '-n -np --host --hostfile -H --map-by' }),
  mpiexec: wrapper({ values: '-n -np --host --hostfile -H' }),
  srun: wrapper({ values: '-n -N -c -p -t --gres --mem' }),
  tini: wrapper(),
  'dumb-init': wrapper(),
  'wait-for-it': wrapper({ skip: 1 }),
  proot: wrapper({ values: '-R -r -b -w' }),
  numactl: wrapper(),
  sem: wrapper({ values: '-j --id' }),
  flock: wrapper({ values: '-w -E -c', skip: 1 }),
  runuser: wrapper({ values: '-u -g' }),
  gosu: wrapper({ skip: 1 }),
  setpriv: wrapper(),
  unshare: wrapper(),
  nsenter: wrapper({ values: '-t -S -G --target' }),
  busybox: wrapper(),
  toybox: wrapper(),
  'xvfb-run': wrapper({ values: '-s -n -e -f --server-args' }),
  'dbus-run-session': wrapper(),
  'systemd-run': (call, host) => {
    host.emit({
      kind: 'process',
      action: 'start',
      what: 'systemd-run',
      background: true,
      certainty: 'certain',
    });
    return wrapper({ values: '-u -p --unit --property' })(call, host);
  },
  cpulimit: wrapper({ values: '-l -p' }),
  strace: tracer('-e -o -p -s -E -u -P -a', '-o'),
  ltrace: tracer('-e -o -p -s -n', '-o'),
  perf,
  valgrind: tracer(
    '--log-file --xml-file --massif-out-file --callgrind-out-file --suppressions',
    '--log-file --xml-file --massif-out-file --callgrind-out-file',
  ),
  faketime: wrapper({ skip: 1 }),
  ccache: wrapper(),
  xargs,
  watch,
  parallel: watch,
  script,
  'start-stop-daemon': daemonize,
  daemonize,
};

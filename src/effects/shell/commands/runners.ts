import { applySpec } from '../apply-spec.ts';
import { findSpec } from '../catalogue/index.ts';
import type { Call, CommandReader, Host, Outcome } from '../host.ts';
import { judgeScriptName } from '../judge-script-name.ts';
import { optionSet, readOptions } from '../options.ts';
import type { Arg } from '../resolve-word.ts';

const VALUES = optionSet(
  '-p --package -c --call --prefix -C --cwd --filter -w --workspace --python --with --directory',
);

/** `npx X`, `bunx X`, `uvx X`: fetches X when it must, and runs it. */
const execute: CommandReader = (call) => {
  const options = readOptions(call.args, { values: VALUES, dash: 'letters', stopAtOperand: true });
  return { next: options.operands };
};

/** `npm run NAME`: what a script of package.json does is only in its name. */
function runScript(name: string, call: Call, host: Host): void {
  if (
    /^(?:test|spec|e2e|unit|check|lint|type-?check|types|tsc|verify|ci|coverage)(?:$|[:_-])|[:_-](?:check|ci|test|dry-run)$/.test(
      name,
    )
  ) {
    const fixes = call.args.some((arg) => /^(?:--fix|--write|-u|--update\w*)$/.test(arg.value));
    if (fixes || /fix|update|write/.test(name))
      host.emit({ kind: 'build', tool: call.name, targets: [name], certainty: 'likely' });
    else host.emit({ kind: 'test', runner: call.name, targets: [name], certainty: 'likely' });
  } else if (/^(?:start|dev|serve|watch|preview|storybook)(?:$|[:_-])/.test(name)) {
    host.emit({
      kind: 'process',
      action: 'start',
      what: `${call.name} ${name}`,
      background: true,
      certainty: 'likely',
    });
  } else if (judgeScriptName(name) === 'looks') {
    host.emit({ kind: 'run', program: call.name, script: name, certainty: 'certain' });
  } else {
    host.emit({ kind: 'build', tool: call.name, targets: [name], certainty: 'likely' });
  }
}

const JS_SUBS = new Set(
  'exec x dlx run run-script start list ls ll la view info show outdated audit why explain search doctor ping whoami root bin prefix config help --version licenses fund cache set get version workspaces workspace import'.split(
    ' ',
  ),
);

const npm: CommandReader = (call, host): Outcome | undefined => {
  const options = readOptions(call.args, { values: VALUES, dash: 'letters', stopAtOperand: true });
  const [sub, ...rest] = options.operands;
  const spec = findSpec(call.name);
  if (!sub) {
    // A bare `yarn` installs.
    if (call.name === 'yarn')
      host.emit({ kind: 'package', manager: 'yarn', action: 'install', names: [], certainty: 'certain' });
    return undefined;
  }
  if (sub.value === 'exec' || sub.value === 'x' || sub.value === 'dlx') {
    const inner = readOptions(rest, { values: VALUES, dash: 'letters', stopAtOperand: true });
    return { next: inner.operands };
  }
  if (sub.value === 'run' || sub.value === 'run-script') {
    const name = rest.find((arg) => !arg.value.startsWith('-'));
    if (name) runScript(name.value, call, host);
    return undefined;
  }
  if (sub.value === 'start') {
    runScript('start', call, host);
    return undefined;
  }
  if (sub.value === 'init' || sub.value === 'create') {
    host.emit({
      kind: 'build',
      tool: call.name,
      targets: rest.map((arg) => arg.value),
      certainty: 'certain',
    });
    return undefined;
  }
  // yarn, pnpm and bun run scripts of package.json and files without `run`.
  if (call.name !== 'npm' && spec && !isListed(sub, rest, call.name) && !JS_SUBS.has(sub.value)) {
    if (sub.value.includes('.') || sub.value.includes('/'))
      return { next: [{ value: 'node', known: true }, sub, ...rest] };
    if (findSpec(sub.value)) return { next: options.operands };
    runScript(sub.value, call, host);
    return undefined;
  }
  if (spec) applySpec(spec, call, host);
  return undefined;
};

function isListed(sub: Arg, rest: readonly Arg[], manager: string): boolean {
  const subs = findSpec(manager)?.subs;
  if (!subs) return false;
  const names = Object.keys(subs).flatMap((key) => (key.includes(',') ? key.split(/,\s*/) : key.split(' ')));
  return names.includes(sub.value) || names.includes(`${sub.value} ${rest[0]?.value ?? ''}`);
}

/** `poetry run X`, `uv run X`, `pipenv run X`, `bundle exec X`, `conda run X`. */
const environment: CommandReader = (call, host): Outcome | undefined => {
  const options = readOptions(call.args, {
    values: optionSet('-n -p --name --prefix --python --with --directory --project --extra --group -e'),
    dash: 'letters',
    stopAtOperand: true,
  });
  const [sub, ...rest] = options.operands;
  if (sub && /^(?:run|exec|x)$/.test(sub.value)) {
    const inner = readOptions(rest, {
      values: optionSet('-n -p --name --prefix --with --python --extra --group --env-file'),
      dash: 'letters',
      stopAtOperand: true,
    });
    const [first] = inner.operands;
    if (!first) return undefined;
    if (first.value.endsWith('.py')) return { next: [{ value: 'python', known: true }, ...inner.operands] };
    return { next: inner.operands };
  }
  // A bare `bundle` installs.
  if (!sub && call.name === 'bundle')
    host.emit({ kind: 'package', manager: 'bundle', action: 'install', names: [], certainty: 'certain' });
  const spec = findSpec(call.name);
  if (spec) applySpec(spec, call, host);
  return undefined;
};

/** `make -n`, and targets that only test, are told apart from those that build. */
const make: CommandReader = (call, host): Outcome | undefined => {
  const options = readOptions(call.args, {
    values: optionSet('-C -f -I -l -o -W --directory --file --makefile'),
    dash: 'letters',
  });
  const targets = options.operands
    .map((operand) => operand.value)
    .filter((word) => !/^\w+[:+?]?=/.test(word) && !/^\d+$/.test(word));
  if (options.has('-n', '--dry-run', '--just-print', '--recon', '-q', '--question', '-p')) return undefined;
  const looks =
    targets.length > 0 &&
    targets.every((target) => /^(?:help|list|info|lint|print-\w+|version|status|show\w*)$/.test(target));
  if (targets.some((target) => /^(?:test|tests|check)(?:$|[-_])/.test(target)))
    host.emit({ kind: 'test', runner: 'make', targets, certainty: 'certain' });
  if (!looks) host.emit({ kind: 'build', tool: call.name, targets, certainty: 'certain' });
  return undefined;
};

export const RUNNERS: Readonly<Record<string, CommandReader>> = {
  npx: execute,
  bunx: execute,
  pnpx: execute,
  uvx: execute,
  npm,
  yarn: npm,
  pnpm: npm,
  bun: npm,
  poetry: environment,
  pdm: environment,
  pipenv: environment,
  hatch: environment,
  rye: environment,
  uv: environment,
  conda: environment,
  mamba: environment,
  bundle: environment,
  bundler: environment,
  make,
  gmake: make,
};

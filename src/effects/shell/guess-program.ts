import { baseName } from '../../base/path.ts';
import type { Call, Host } from './host.ts';
import { judgeScriptName } from './judge-script-name.ts';
import { isStream } from './paths.ts';

const OUTPUT_FLAG =
  /^--?(?:o|out|output|outfile|out-file|output[-_]?(?:file|dir|path|folder)|outdir|out[-_](?:dir|path)|save|save[-_](?:to|path|dir|as)|dest|destination|export|write)$/i;
const SINK_FLAG = /^--?(?:in-?place|write|fix|overwrite|force-write|update|install|delete|create|init)$/;

const CHANGING_VERB =
  /^(?:fix|format|init|install|uninstall|create|add|remove|rm|delete|build|compile|generate|update|upgrade|write|apply|set|close|push|publish|deploy|migrate|start|stop|restart|enable|disable|import|new|clean|sync|save|commit|patch|edit|append|extract)$/;

/** Scripts that run a project's tests: `bin/test`, `run_tests.sh`, `tests/runtests.py`. */
const TEST_SCRIPT = /^(?:run[-_]?)?tests?(?:\.\w{1,4})?$/;

/** Entry points of web applications: they run until they are stopped. */
const SERVER_SCRIPT =
  /^(?:app|wsgi|asgi|(?:\w{1,30}[-_])?(?:server|service|daemon|api|bot))\.(?:py|[mc]?js|ts|rb|go|php)$/;

/** Stems of files that are made rather than given: `output.csv`, `data_converted.json`. */
const RESULT =
  /(?:^|[-_.])(?:out|output|outputs|result|results|dest|destination|target|generated|converted)(?:[-_.]|$)/i;

/** Emits what the arguments of an unknown program or script say, and what its name does. */
export function guessProgram(call: Call, host: Host, script = call.path): void {
  host.guess(script);
  const files = call.args.filter((arg) => looksLikeFile(arg.value));
  const wrote = emitOutputFlags(call, host);
  host.emit({
    kind: 'run',
    program: call.name,
    ...(script !== call.name && { script }),
    certainty: 'certain',
  });
  if (wrote || call.args.some((arg) => arg.value === '--help' || arg.value === '--version')) return;
  if (TEST_SCRIPT.test(baseName(script))) {
    host.emit({
      kind: 'test',
      runner: script,
      targets: call.args.map((arg) => arg.value),
      certainty: 'likely',
    });
    return;
  }
  const judged = judgeScriptName(script);
  if (judged !== 'looks' && SERVER_SCRIPT.test(baseName(script))) {
    host.emit({ kind: 'process', action: 'start', what: script, background: true, certainty: 'likely' });
    return;
  }
  // `tool fix FILE`: the first operand of an unknown program is often its verb; a script's is its data.
  const verb = script === call.path ? call.args.find((arg) => !arg.value.startsWith('-'))?.value : undefined;
  const sink =
    call.args.some((arg) => SINK_FLAG.test(arg.value)) || (verb !== undefined && CHANGING_VERB.test(verb));
  if (judged === 'makes' || (sink && judged !== 'looks')) {
    const isServer = /serve|server|daemon/i.test(baseName(script));
    if (isServer)
      host.emit({ kind: 'process', action: 'start', what: script, background: true, certainty: 'likely' });
    else host.emit({ kind: 'build', tool: script, targets: [], certainty: 'likely' });
    return;
  }
  // `tool in.csv out.csv`: the last of several files by its name.
  const result = files.length > 1 && judged !== 'looks' ? files.at(-1) : undefined;
  for (const file of files) {
    if (file === result && RESULT.test(baseName(file.value)))
      host.emit({ kind: 'write', path: file.value, change: { kind: 'unknown' }, certainty: 'likely' });
    else host.emit({ kind: 'read', path: file.value, certainty: 'possible' });
  }
}

/** `--output FILE` and its kin: whatever the program is, that is what it writes. */
export function emitOutputFlags(call: Call, host: Host): boolean {
  let wrote = false;
  for (const [i, arg] of call.args.entries()) {
    const equals = arg.value.startsWith('-') ? arg.value.indexOf('=') : -1;
    const flag = equals > 0 ? arg.value.slice(0, equals) : arg.value;
    if (!OUTPUT_FLAG.test(flag)) continue;
    const path = equals > 0 ? arg.value.slice(equals + 1) : call.args[i + 1]?.value;
    if (path === undefined || path.startsWith('-') || isStream(path)) continue;
    // `-o json` chooses a format more often than a file of that name.
    if (flag === '-o' && /^(?:json|yaml|text|table|wide|xml|csv|name)$/.test(path)) continue;
    // A folder is no file of which a version could be kept.
    if (path === '.' || path.endsWith('/'))
      host.emit({ kind: 'build', tool: call.name, targets: [path], certainty: 'likely' });
    else host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'likely' });
    wrote = true;
  }
  return wrote;
}

function looksLikeFile(text: string): boolean {
  return !text.startsWith('-') && text.length < 300 && /^[^\s'"()|;<>]*(?:\/|\.[A-Za-z0-9]{1,6}$)/.test(text);
}

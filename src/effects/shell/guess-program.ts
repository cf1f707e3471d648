import { baseName } from '../../base/path.ts';
import type { Call, Host } from './host.ts';
import { isStream } from './paths.ts';

const OUTPUT_FLAG =
  /^--?(?:o|out|output|outfile|out-file|output[-_]?(?:file|dir|path|folder)|outdir|out[-_](?:dir|path)|save|save[-_](?:to|path|dir|as)|dest|destination|export|write)$/i;
const SINK_FLAG = /^--?(?:in-?place|write|fix|overwrite|force-write|update|install|delete|create|init)$/;

const CHANGING_VERB =
  /^(?:fix|format|init|install|uninstall|create|add|remove|rm|delete|build|compile|generate|update|upgrade|write|apply|set|close|push|publish|deploy|migrate|start|stop|restart|enable|disable|import|new|clean|sync|save|commit|patch|edit|append|extract)$/;

/** Scripts that run a project's tests: `bin/test`, `run_tests.sh`, `tests/runtests.py`. */
const TEST_SCRIPT = /^(?:run[-_]?)?tests?(?:\.\w{1,4})?$/;

/** Entry points of web applications: they run until they are stopped. */
const SERVER_SCRIPT = /^(?:app|wsgi|asgi|(?:\w{1,30}[-_])?server)\.(?:py|[mc]?js|ts)$/;

/** First words of names of programs that look, against those that make something. */
const LOOKS =
  /^(?:test|tests|check|checker|verify|verification|validate|validator|eval|evaluate|evaluation|read|show|print|list|view|inspect|debug|dump|find|search|compare|cmp|count|calc|calculate|compute|query|status|stat|stats|info|repro|reproduce|reproduction|reproducer|demo|example|explore|examine|trace|profile|bench|benchmark|probe|ping|peek|look|get|is|has|diagnose|tmp|temp|try|analyze|analyse|display|describe|report|summary|summarize|preview|parse|simulate|issue|bug|poc)$/;
const MAKES =
  /^(?:setup|gen|generate|generator|make|create|creator|build|builder|write|writer|convert|converter|conversion|transform|process|processor|processing|prepare|preprocess|train|training|trainer|fit|finetune|fix|patch|apply|download|fetch|cache|save|store|export|install|installer|init|initialize|initialise|seed|migrate|migration|update|upgrade|modify|edit|replace|insert|add|remove|delete|clean|cleanup|reset|rename|move|copy|merge|split|extract|extractor|unpack|pack|compress|decompress|encrypt|decrypt|encode|decode|compile|compiler|render|draw|plot|deploy|start|launch|serve|server|daemon|run_server|format|refactor|sync|backup|restore|import|load|ingest|populate|register|configure|config|enable|disable|reconstruct|recover|repair|organize|reshard|revert|compressor|sanitize|rewrite)$/;

/** What the name of a script says of it: it makes something, it looks, or nothing. */
export function judgeScriptName(path: string): 'makes' | 'looks' | 'unknown' {
  const stem = baseName(path).replace(/\.[A-Za-z0-9]{1,4}$/, '');
  const words = stem
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  // The first word is the verb in most names (`generate_report`, `check_fix`), the last names the doer (`csv_converter`).
  const [first] = words;
  const last = words.at(-1);
  if (first !== undefined && LOOKS.test(first)) return 'looks';
  if (first !== undefined && MAKES.test(first)) return 'makes';
  if (words.some((word) => LOOKS.test(word) && word !== 'get' && word !== 'is')) return 'looks';
  if (words.some((word) => word === 'to') || (last !== undefined && MAKES.test(last))) return 'makes';
  return 'unknown';
}

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
  if (wrote) return;
  if (TEST_SCRIPT.test(baseName(script))) {
    host.emit({
      kind: 'test',
      runner: script,
      targets: call.args.map((arg) => arg.value),
      certainty: 'likely',
    });
    return;
  }
  if (SERVER_SCRIPT.test(baseName(script))) {
    host.emit({ kind: 'process', action: 'start', what: script, background: true, certainty: 'likely' });
    return;
  }
  const judged = judgeScriptName(script);
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
  for (const file of files) host.emit({ kind: 'read', path: file.value, certainty: 'possible' });
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

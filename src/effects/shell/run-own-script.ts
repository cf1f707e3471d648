import type { Call, Host } from './host.ts';
import { scanPython } from './inline/python/scan-python.ts';
import { scanProgram } from './inline/scan-program.ts';
import { NODE_LANGUAGE, PERL_LANGUAGE, RUBY_LANGUAGE } from './inline/script-rules.ts';

/** `./run.sh` and the like, where the script's text is known: its first line or its name says who runs it. */
export function runOwnScript(call: Call, host: Host): boolean {
  if (!call.path.includes('/')) return false;
  const text = host.script(call.path);
  if (text === undefined) return false;
  const shebang = /^#!(.*)/.exec(text)?.[1] ?? '';
  const ending = /\.([a-z]{1,4})$/.exec(call.name)?.[1];
  const runner = `${shebang} ${shebang === '' ? (ending ?? '') : ''}`;
  host.emit({ kind: 'run', program: call.name, script: call.path, certainty: 'certain' });
  if (/\b(?:python\d?(?:\.\d+)?|py)\b/.test(runner))
    scanPython(text, host, call.path, { argv: call.args.map((arg) => arg.value) });
  else if (/\b(?:node|deno|bun|[cm]?js)\b/.test(runner)) scanProgram(text, NODE_LANGUAGE, host, call.path);
  else if (/\b(?:perl|pl)\b/.test(runner)) scanProgram(text, PERL_LANGUAGE, host, call.path);
  else if (/\b(?:ruby|rb)\b/.test(runner)) scanProgram(text, RUBY_LANGUAGE, host, call.path);
  else host.shell(text, 'child');
  return true;
}

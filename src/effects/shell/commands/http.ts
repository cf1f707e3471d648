import { baseName } from '../../../base/path.ts';
import type { Call, CommandReader, Host } from '../host.ts';
import { optionSet, type ReadOptions, readOptions } from '../options.ts';
import { isStream } from '../paths.ts';

const CURL_VALUES = optionSet(
  '-o -X -H -d -F -u -A -e -b -c -w -m -x -T -r -K -E -D -y -Y -z -C --output --request --header --data --data-raw --data-binary --data-urlencode --json --form --user --user-agent --referer --cookie --cookie-jar --write-out --max-time --connect-timeout --proxy --upload-file --retry --retry-delay --cacert --cert --key --resolve --output-dir --dump-header --unix-socket --interface --limit-rate --url --ciphers --max-redirs --trace --trace-ascii --stderr --config',
);
const WGET_VALUES = optionSet(
  '-O -o -P -t -T -U -e -a -i -w -Q -R -A -D -l --output-document --output-file --directory-prefix --tries --timeout --user-agent --header --post-data --post-file --method --body-data --user --password --level --wait --referer',
);
const SENDING = /^(?:POST|PUT|DELETE|PATCH)$/i;

/** `curl`: GET prints or fetches to a file; a body or another method sends. */
const curl: CommandReader = (call, host) => {
  const options = readOptions(call.args, { values: CURL_VALUES, dash: 'letters' });
  const method = options.value('-X', '--request')?.value;
  const body = options.has(
    '-d',
    '--data',
    '--data-raw',
    '--data-binary',
    '--data-urlencode',
    '--json',
    '-F',
    '--form',
    '-T',
    '--upload-file',
  );
  const sends = method === undefined ? body && !options.has('-G', '--get') : SENDING.test(method);
  emitNetwork(options, sends, host);
  const folder = options.value('--output-dir')?.value;
  for (const path of options.values(
    '-o',
    '--output',
    '-c',
    '--cookie-jar',
    '-D',
    '--dump-header',
    '--trace',
    '--trace-ascii',
  )) {
    const place = folder === undefined ? path.value : `${folder}/${path.value}`;
    if (!isStream(path.value))
      host.emit({ kind: 'write', path: place, change: { kind: 'unknown' }, certainty: 'certain' });
  }
  if (options.has('-O', '--remote-name', '--remote-name-all')) emitDownloads(options, folder, host);
  for (const path of options.values('-T', '--upload-file', '-K', '--config')) {
    if (!isStream(path.value)) host.emit({ kind: 'read', path: path.value, certainty: 'certain' });
  }
  return undefined;
};

/** `wget` saves unless it is told to print or only to look. */
const wget: CommandReader = (call, host) => {
  const options = readOptions(call.args, { values: WGET_VALUES, dash: 'letters' });
  const method = options.value('--method')?.value;
  const sends = options.has('--post-data', '--post-file', '--body-data') || SENDING.test(method ?? '');
  emitNetwork(options, sends, host);
  for (const log of options.values('-o', '-a', '--output-file'))
    if (!isStream(log.value))
      host.emit({ kind: 'write', path: log.value, change: { kind: 'unknown' }, certainty: 'certain' });
  if (options.has('--spider')) return undefined;
  const output = outputOf(call, options);
  const folder = options.value('-P', '--directory-prefix')?.value;
  if (output === undefined) emitDownloads(options, folder, host);
  else if (!isStream(output))
    host.emit({ kind: 'write', path: output, change: { kind: 'unknown' }, certainty: 'certain' });
  return undefined;
};

/** `-O-`, `-qO-` and `-O -` print. */
function outputOf(call: Call, options: ReadOptions): string | undefined {
  if (call.args.some((arg) => /^-[a-zA-Z]*O-$/.test(arg.value))) return '-';
  return options.value('-O', '--output-document')?.value;
}

function emitNetwork(options: ReadOptions, sends: boolean, host: Host): void {
  const target = options.operands[0]?.value ?? options.value('--url')?.value;
  host.emit({
    kind: 'network',
    direction: sends ? 'send' : 'fetch',
    ...(target !== undefined && { target }),
    certainty: 'certain',
  });
}

function emitDownloads(options: ReadOptions, folder: string | undefined, host: Host): void {
  for (const url of options.operands) {
    const clean = url.value.replace(/[?#].*$/s, '').replace(/^[a-z]+:\/\/[^/]*/i, '');
    const name = baseName(clean) || 'index.html';
    const path = folder === undefined ? name : `${folder.replace(/\/$/, '')}/${name}`;
    host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' });
  }
}

/** HTTPie: `http [METHOD] URL [ITEMS]`; items without a method make it a POST. */
const httpie: CommandReader = (call, host) => {
  const options = readOptions(call.args, {
    values: optionSet('-o --output -a --auth --timeout'),
    dash: 'letters',
  });
  const words = options.operands.map((operand) => operand.value);
  const method = /^[A-Z]{3,7}$/.test(words[0] ?? '') ? words[0] : undefined;
  const target = method === undefined ? words[0] : words[1];
  const items = words.slice(method === undefined ? 1 : 2).some((word) => /^[\w-]+:?=(?!=)/.test(word));
  const sends = method === undefined ? items : SENDING.test(method);
  host.emit({
    kind: 'network',
    direction: sends ? 'send' : 'fetch',
    ...(target !== undefined && { target }),
    certainty: 'certain',
  });
  const output = options.value('-o', '--output')?.value;
  if (output !== undefined && !isStream(output))
    host.emit({ kind: 'write', path: output, change: { kind: 'unknown' }, certainty: 'certain' });
  return undefined;
};

export const HTTP: Readonly<Record<string, CommandReader>> = {
  curl,
  wget,
  http: httpie,
  https: httpie,
  xh: httpie,
};

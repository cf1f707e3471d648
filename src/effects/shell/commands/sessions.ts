import type { CommandReader } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';

const TMUX_LOOKS =
  /^(?:capture-pane|capturep|list-\w+|ls|lsp|lsw|lsk|has-session|has|display-message|display|show-\w+|show|info|server-info|wait-for|wait|choose-\w+|start-server|source-file|source|set-option|set|set-window-option|setw|set-environment|setenv|bind-key|bind|select-\w+|refresh-client|show-buffer|showb)$/;
const TMUX_VALUES = optionSet('-L -S -f -c');

/** `tmux`: `send-keys` types into a live session; sessions and windows are made and ended; capturing prints. */
const tmux: CommandReader = (call, host) => {
  const head = readOptions(call.args, { values: TMUX_VALUES, dash: 'letters', stopAtOperand: true });
  if (head.has('-V')) return undefined;
  const [sub, ...rest] = head.operands;
  const name = sub?.value ?? 'new-session';
  if (
    name === 'send-keys' ||
    name === 'send' ||
    name === 'send-prefix' ||
    name === 'paste-buffer' ||
    name === 'pasteb'
  ) {
    const options = readOptions(rest, { values: optionSet('-t -N -b -s'), dash: 'letters' });
    const session = options.value('-t')?.value;
    host.emit({
      kind: 'keys',
      ...(session !== undefined && { session }),
      keys: options.operands.map((operand) => operand.value).join(' '),
      certainty: 'certain',
    });
    return undefined;
  }
  if (/^(?:kill-\w+|killp|killw)$/.test(name)) {
    host.emit({
      kind: 'process',
      action: 'kill',
      what: `tmux ${name}`,
      background: false,
      certainty: 'certain',
    });
    return undefined;
  }
  if (TMUX_LOOKS.test(name)) return undefined;
  host.emit({
    kind: 'process',
    action: 'start',
    what: `tmux ${name}`,
    background: true,
    certainty: 'certain',
  });
  const command = rest.at(-1);
  if (
    /^(?:new|new-session|new-window|neww|split-window|splitw|respawn-pane)$/.test(name) &&
    command &&
    /\s/.test(command.value)
  )
    host.shell(command.value, 'child');
  return undefined;
};

const screen: CommandReader = (call, host) => {
  const words = call.args.map((arg) => arg.value);
  if (words.some((word) => /^-(?:ls|list|v|wipe)$/.test(word))) return undefined;
  const at = words.indexOf('-X');
  if (at < 0) {
    host.emit({ kind: 'process', action: 'start', what: 'screen', background: true, certainty: 'certain' });
    return undefined;
  }
  const action = words[at + 1] ?? '';
  if (action === 'stuff')
    host.emit({ kind: 'keys', keys: words.slice(at + 2).join(' '), certainty: 'certain' });
  else if (action === 'quit' || action === 'kill')
    host.emit({ kind: 'process', action: 'kill', what: 'screen', background: false, certainty: 'certain' });
  else if (action === 'hardcopy' && words[at + 2] !== undefined)
    host.emit({
      kind: 'write',
      path: words[at + 2] ?? '',
      change: { kind: 'unknown' },
      certainty: 'certain',
    });
  return undefined;
};

/** Requests that only ask, on the first word: monitors, memcached, redis, HTTP. */
const ASKS =
  /^\s*(?:info|help|stats?|get|head|list|ls|show|status|print|ping|quit|exit|version|query|dump|peek|options|echo|\{"execute":\s*"(?:query-[\w-]+|qmp_capabilities))/i;

/** `nc`, `socat`, `telnet`: a probe or a listener looks; text that is sent to a program acts unless it only asks. */
const socket: CommandReader = (call, host) => {
  const words = call.args.map((arg) => arg.value);
  if (words.length === 0) return undefined;
  const letters = words.filter((word) => /^-[a-zA-Z]+$/.test(word)).join('');
  const target = words.filter((word) => !word.startsWith('-') && word !== '').join(' ');
  const probe = call.name !== 'socat' && letters.includes('z');
  const listens =
    (call.name !== 'socat' && letters.includes('l')) ||
    words.some((word) => /^(?:TCP|UDP|UNIX|OPENSSL)[46]?-LISTEN:/i.test(word));
  const text = call.draftInput;
  const lines = text?.split('\n').filter((line) => line.trim() !== '');
  const sends = !probe && !listens && lines !== undefined && lines.length > 0;
  const asks =
    !sends ||
    lines.every((line, i) => ASKS.test(line) || (i > 0 && ASKS.test(lines[0] ?? '') && isHeader(line)));
  host.emit({ kind: 'network', direction: asks ? 'fetch' : 'send', target, certainty: 'certain' });
  if (!asks) host.emit({ kind: 'keys', session: target, keys: text ?? '', certainty: 'likely' });
  if (words.some((word) => /,fork\b/i.test(word)) || (listens && letters.includes('k')))
    host.emit({ kind: 'process', action: 'start', what: call.name, background: true, certainty: 'likely' });
  return undefined;
};

function isHeader(line: string): boolean {
  return /^[\w-]+:\s/.test(line);
}

/** `expect -c SCRIPT` and expect scripts type into what they spawn. */
const expect: CommandReader = (call, host) => {
  const options = readOptions(call.args, { values: optionSet('-c -f'), dash: 'letters' });
  const text = options.value('-c')?.value ?? call.draftInput;
  host.emit({
    kind: 'keys',
    session: 'expect',
    keys: text ?? options.operands.map((operand) => operand.value).join(' '),
    certainty: 'likely',
  });
  return undefined;
};

export const SESSIONS: Readonly<Record<string, CommandReader>> = {
  tmux,
  screen,
  nc: socket,
  ncat: socket,
  netcat: socket,
  socat: socket,
  telnet: socket,
  expect,
};

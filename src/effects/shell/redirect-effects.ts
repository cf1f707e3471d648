import type { ContentChange, Effect } from '../../model/effect.ts';
import type { ShellRedirect } from './ir.ts';
import { isStream } from './paths.ts';
import { resolveText, type Variables } from './resolve-word.ts';

const SOCKET = /^\/dev\/(?:tcp|udp)\/(.*)$/;

/** What a redirection reads, before the command runs. */
export function redirectedRead(redirect: ShellRedirect, variables: Variables): Effect | undefined {
  if ((redirect.operator !== '<' && redirect.operator !== '<>') || !redirect.target) return undefined;
  const path = resolveText(redirect.target, variables).value;
  const socket = SOCKET.exec(path);
  if (socket) return { kind: 'network', direction: 'fetch', target: socket[1] ?? path, certainty: 'certain' };
  if (isStream(path)) return undefined;
  return { kind: 'read', path, certainty: 'certain' };
}

/**
 * What a redirection writes. `output` is what the command prints to standard output, where that is known; the shell
 * makes the file whatever becomes of the command.
 */
export function redirectedWrite(
  redirect: ShellRedirect,
  variables: Variables,
  output: string | undefined,
): Effect | undefined {
  const { operator, target, fd } = redirect;
  if (!operator.includes('>') || !target) return undefined;
  const path = resolveText(target, variables).value;
  const socket = SOCKET.exec(path);
  if (operator === '<>') {
    if (socket || isStream(path)) return undefined;
    // Opened for both: made where it is missing, and kept as it is.
    return {
      kind: 'write',
      path,
      change: { kind: 'append', content: '' },
      creates: true,
      certainty: 'likely',
    };
  }
  if (operator === '>&' && /^(?:\d+-?|-)$/.test(path)) return undefined;
  if (isStream(path)) return undefined;
  if (socket) {
    // Connecting and saying nothing is how a port is probed.
    const says = output === undefined || output.trim() !== '';
    return {
      kind: 'network',
      direction: says ? 'send' : 'fetch',
      target: socket[1] ?? path,
      certainty: 'likely',
    };
  }
  const text = fd === undefined || fd === 1 ? output : fd === 2 && output !== undefined ? '' : undefined;
  const append = operator.endsWith('>>');
  const change: ContentChange =
    text === undefined ? { kind: 'unknown' } : { kind: append ? 'append' : 'set', content: text };
  return { kind: 'write', path, change, creates: !append, certainty: 'certain' };
}

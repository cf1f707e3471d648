import { exhaustive } from '../../base/assert.ts';
import type { Certainty, Effect } from '../../model/effect.ts';
import type { PathRole } from './spec.ts';

const STREAM =
  /^(?:-|\/dev\/(?:null|zero|full|u?random|tty\d*|stdin|stdout|stderr|fd\/\d+)|\/proc\/self\/fd\/\d+|&?\d)$/;

/** A stream or a sink that no write changes; not a file. `<(…)` and `>(…)` are streams too. */
export function isStream(path: string): boolean {
  return path === '' || STREAM.test(path) || /^[<>]\(/.test(path);
}

/**
 * A path of which the text does not tell the whole: parts that only a shell knows (`$x`, `$(date)`), names that come
 * from elsewhere (`{}` of xargs).
 */
export function isOpen(path: string): boolean {
  return /[$`]|\{\}/.test(path);
}

/** The effect of one path in one role; undefined for streams and for roles without one. */
export function pathEffect(
  role: PathRole,
  path: string,
  certainty: Certainty,
  detail: { readonly recursive?: boolean; readonly mode?: string } = {},
): Effect | undefined {
  if (isStream(path)) return undefined;
  switch (role) {
    case 'read':
      return { kind: 'read', path, certainty };
    case 'search':
      return { kind: 'search', paths: [path], certainty };
    case 'write':
    case 'edit':
      return { kind: 'write', path, change: { kind: 'unknown' }, certainty };
    case 'append':
      return { kind: 'write', path, change: { kind: 'unknown' }, certainty };
    case 'touch':
      return { kind: 'write', path, change: { kind: 'append', content: '' }, creates: true, certainty };
    case 'delete':
      return { kind: 'delete', path, recursive: detail.recursive ?? false, certainty };
    case 'mkdir':
      return { kind: 'mkdir', path, certainty };
    case 'mode':
      return { kind: 'mode', path, mode: detail.mode ?? '', certainty };
    case 'chdir':
    case 'none':
      return undefined;
    default:
      return exhaustive(role);
  }
}

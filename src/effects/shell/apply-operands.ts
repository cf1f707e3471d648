import { baseName, joinPath } from '../../base/path.ts';
import type { Certainty } from '../../model/effect.ts';
import type { Host } from './host.ts';
import type { ReadOptions } from './options.ts';
import { isStream, pathEffect } from './paths.ts';
import type { OperandRule, PathRole } from './spec.ts';

const READING: ReadonlySet<PathRole> = new Set<PathRole>(['read', 'search', 'none', 'chdir']);

/** Emits the effects of operands by a program's rule; a program that does not act (`--check`) only reads them. */
export function emitOperands(
  rule: OperandRule,
  options: ReadOptions,
  acting: boolean,
  certainty: Certainty,
  host: Host,
  tool: string,
): void {
  const operands = options.operands.map((operand) => operand.value);
  const emit = (role: PathRole, path: string | undefined, mode?: string): void => {
    if (path === undefined) return;
    const used = acting || READING.has(role) ? role : 'read';
    if ((used === 'edit' || used === 'write') && /(?:^|\/)(?:\.{1,2})?\/*$/.test(path) && path !== '') {
      // A folder is no file of which a version could be kept.
      host.emit({ kind: 'build', tool, targets: [path], certainty });
      return;
    }
    const recursive = options.has('-r', '-R', '-rf', '--recursive');
    const effect = pathEffect(used, path, certainty, { recursive, ...(mode !== undefined && { mode }) });
    if (effect) host.emit(effect);
  };
  switch (rule) {
    case 'none':
      return;
    case 'pattern-search': {
      const named = options.values('-e', '-f', '--regexp', '--file').map((value) => value.value);
      const paths = named.length > 0 ? operands : operands.slice(1);
      const pattern = named.length > 0 ? named[0] : operands[0];
      const found = paths.filter((path) => !isStream(path));
      // A filter in a pipeline looks at nothing but what it is handed.
      if (found.length > 0 || options.has('-r', '-R', '--recursive'))
        host.emit({ kind: 'search', ...(pattern !== undefined && { pattern }), paths: found, certainty });
      return;
    }
    case 'search': {
      const paths = operands.filter((path) => !isStream(path));
      host.emit({ kind: 'search', paths, certainty });
      return;
    }
    case 'skip-read':
      for (const path of operands.slice(1)) emit('read', path);
      return;
    case 'skip-mode':
      for (const path of operands.slice(1)) emit('mode', path, operands[0]);
      return;
    case 'skip-edit':
      for (const path of operands.slice(1)) emit('edit', path);
      return;
    case 'out-read':
      operands.forEach((path, i) => emit(i === 0 ? 'edit' : 'read', path));
      return;
    case 'copy':
    case 'move':
    case 'link':
      if (acting) emitTransfer(rule, options, operands, certainty, host);
      else for (const path of operands) emit('read', path);
      return;
    case 'read-write': {
      const last = operands.length - 1;
      operands.forEach((path, i) => emit(i === last && last > 0 ? 'write' : 'read', path));
      return;
    }
    case 'in-out':
      emit('read', operands[0]);
      emit('write', operands[1]);
      return;
    case 'read':
    case 'write':
    case 'append':
    case 'touch':
    case 'edit':
    case 'delete':
    case 'mkdir':
    case 'mode':
    case 'chdir':
      for (const path of operands) emit(path === '' ? 'none' : rule, path);
  }
}

function emitTransfer(
  rule: 'copy' | 'move' | 'link',
  options: ReadOptions,
  operands: readonly string[],
  certainty: Certainty,
  host: Host,
): void {
  // `install -d` makes folders.
  if (rule === 'copy' && options.has('-d', '--directory') && !options.has('-a', '-r', '-R', '-p')) {
    for (const path of operands) host.emit({ kind: 'mkdir', path, certainty });
    return;
  }
  const folder = options.value('-t', '--target-directory')?.value;
  const sources = folder === undefined ? operands.slice(0, -1) : operands;
  const target = folder ?? operands.at(-1);
  if (target === undefined) return;
  const link = options.has('-s', '--symbolic') ? 'symbolic' : 'hard';
  if (sources.length === 0) {
    // `ln -s /a/b` links it under its own name here.
    if (rule === 'link')
      host.emit({ kind: 'copy', from: target, to: baseName(target), recursive: false, link, certainty });
    return;
  }
  const intoFolder =
    folder !== undefined || sources.length > 1 || target.endsWith('/') || target === '.' || target === '..';
  const recursive = options.has('-r', '-R', '-a', '--recursive', '--archive');
  // What is there already may be kept.
  const keeps = rule !== 'link' && options.has('-n', '--no-clobber', '-u', '--update', '-i', '--interactive');
  for (const from of sources) {
    const to =
      intoFolder && !from.endsWith('/.') ? joinPath(target, baseName(from.replace(/\/+$/, ''))) : target;
    if (isRemote(from) || isRemote(to)) emitRemote(from, to, certainty, host);
    else if (isStream(from)) host.emit({ kind: 'write', path: to, change: { kind: 'unknown' }, certainty });
    else if (rule === 'move')
      host.emit({ kind: 'move', from, to, certainty: keeps ? weaker(certainty) : certainty });
    else if (!isStream(to))
      host.emit({
        kind: 'copy',
        from,
        to,
        recursive,
        ...(rule === 'link' && { link }),
        certainty: keeps ? weaker(certainty) : certainty,
      });
  }
}

function weaker(certainty: Certainty): Certainty {
  return certainty === 'certain' ? 'likely' : certainty;
}

/** `host:path`, `user@host:path`. */
function isRemote(path: string): boolean {
  return /^(?:[\w.-]+@)?[\w.-]+:(?!\/\/)/.test(path) || /^(?:rsync|s3|gs|ssh):\/\//.test(path);
}

function emitRemote(from: string, to: string, certainty: Certainty, host: Host): void {
  if (isRemote(to)) {
    if (!isRemote(from)) host.emit({ kind: 'read', path: from, certainty });
    host.emit({ kind: 'network', direction: 'send', target: to, certainty });
    return;
  }
  host.emit({ kind: 'network', direction: 'fetch', target: from, certainty });
  host.emit({ kind: 'write', path: to, change: { kind: 'unknown' }, certainty });
}

import { joinPath } from '../../../base/path.ts';
import { splitApplyPatch } from '../../split-apply-patch.ts';
import { splitDiff } from '../../split-diff.ts';
import type { CommandReader, Host } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';

interface PatchCall {
  readonly input: string | undefined;
  readonly reverse: boolean;
  readonly strip: number;
  /** False for `--check` and `--dry-run`. */
  readonly acting: boolean;
  /** The file to patch, where it is named. */
  readonly target?: string;
  /** Folder that the paths in the patch count from, where it is not the one that the call runs in. */
  readonly folder?: string;
}

/** Emits what applying patches does: per file where the text is at hand, else that something is patched. */
export function emitPatch(files: readonly string[], call: PatchCall, host: Host): void {
  const texts: string[] = [];
  let unread = false;
  for (const path of files) {
    if (path === '-') continue;
    host.emit({ kind: 'read', path, certainty: 'certain' });
    const text = host.script(path);
    if (text === undefined) unread = true;
    else texts.push(text);
  }
  if (files.length === 0 || files.includes('-')) {
    if (call.input === undefined) unread = true;
    else texts.push(call.input);
  }
  if (!call.acting) return;
  const { folder } = call;
  const within = (path: string): string => (folder === undefined ? path : joinPath(folder, path));
  let found = 0;
  for (const text of texts) {
    for (const file of splitDiff(text, call.strip)) {
      found++;
      const path = call.target ?? within(file.path);
      const gone = call.reverse ? file.kind === 'create' : file.kind === 'delete';
      if (file.kind === 'rename' && file.from !== undefined)
        host.emit({ kind: 'move', from: within(file.from), to: path, certainty: 'certain' });
      if (gone) host.emit({ kind: 'delete', path, recursive: false, certainty: 'certain' });
      else if (file.diff !== '')
        host.emit({
          kind: 'write',
          path,
          change: { kind: 'patch', diff: file.diff, ...(call.reverse && { reverse: true }) },
          ...(file.kind === 'create' && { creates: true }),
          certainty: 'certain',
        });
    }
  }
  if (call.target !== undefined && found === 0)
    host.emit({ kind: 'write', path: call.target, change: { kind: 'unknown' }, certainty: 'certain' });
  else if (unread || found === 0)
    host.emit({ kind: 'build', tool: 'patch', targets: [...files], certainty: 'certain' });
}

const VALUES = optionSet('-p -i -o -d -B -D -F -g -r -V -Y -z --strip --input --output --directory');

const patch: CommandReader = (call, host) => {
  const options = readOptions(call.args, { values: VALUES, dash: 'letters' });
  const [target, file] = options.operands.map((operand) => operand.value);
  const input = options.value('-i', '--input')?.value ?? file;
  const strip = Number(options.value('-p', '--strip')?.value ?? '0');
  emitPatch(
    input === undefined ? [] : [input],
    {
      input: call.draftInput,
      reverse: options.has('-R', '--reverse'),
      strip: Number.isInteger(strip) ? strip : 0,
      acting: !options.has('--dry-run'),
      ...(target !== undefined && { target }),
    },
    host,
  );
  return undefined;
};

/** Codex's command for patches that name context instead of lines: the text is its argument, or its input. */
const applyPatch: CommandReader = (call, host) => {
  const text = call.args.map((arg) => arg.value).find((value) => value?.includes('*** ')) ?? call.draftInput;
  const effects = text === undefined ? [] : splitApplyPatch(text);
  for (const effect of effects) host.emit(effect);
  if (effects.length === 0)
    host.emit({ kind: 'build', tool: 'apply_patch', targets: [], certainty: 'likely' });
  return undefined;
};

export const PATCH: Readonly<Record<string, CommandReader>> = {
  patch,
  gpatch: patch,
  apply_patch: applyPatch,
  applypatch: applyPatch,
};

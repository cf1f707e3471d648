import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Deed } from '../recorder/deed.ts';
import type { Done } from '../recorder/recording.ts';
import { freshShell } from '../recorder/shell.ts';
import type { World } from '../recorder/world.ts';
import { commandOf } from './bare-hands.ts';
import { type Hands, runCommand } from './hands.ts';
import { countOf, replaceFirst } from './text-tools.ts';

/** Codex: a fresh shell per command, and `apply_patch` for edits of whole lines. */
export function codexHands(world: World): Hands {
  const shell = freshShell(world);
  return {
    shell,
    async perform(deed) {
      const patch = patchOf(world, deed);
      if (!patch)
        return runCommand(shell, 'shell', commandOf(deed), deed.kind === 'run' ? deed.timeoutMs : undefined);
      return applyPatch(world, patch);
    },
  };
}

interface Patch {
  readonly path: string;
  readonly text: string;
  /** Lines taken out and put in; undefined for a new file. */
  readonly hunk?: { readonly old: readonly string[]; readonly new: readonly string[] };
  readonly content?: string;
}

/** The patch that does a deed; undefined where the agent would use its shell. */
function patchOf(world: World, deed: Deed): Patch | undefined {
  if (deed.kind === 'write') {
    if (existsSync(world.place(deed.path)) || !deed.text.endsWith('\n') || deed.text.includes('\r'))
      return undefined;
    const body = deed.text
      .slice(0, -1)
      .split('\n')
      .map((line) => `+${line}\n`);
    const text = `*** Begin Patch\n*** Add File: ${deed.path}\n${body.join('')}*** End Patch`;
    return { path: deed.path, text, content: deed.text };
  }
  if (deed.kind !== 'replace' || deed.all) return undefined;
  const place = world.place(deed.path);
  const before = existsSync(place) ? world.outward(readFileSync(place, 'utf8')) : '';
  if (before.includes('\r')) return undefined;
  const at = before.indexOf(deed.old);
  const hunk =
    at < 0
      ? { old: deed.old.split('\n'), new: deed.new.split('\n') }
      : wholeLines(before, at, deed.old, deed.new);
  const lines = [...hunk.old.map((line) => `-${line}`), ...hunk.new.map((line) => `+${line}`)];
  return {
    path: deed.path,
    text: `*** Begin Patch\n*** Update File: ${deed.path}\n@@\n${lines.join('\n')}\n*** End Patch`,
    hunk,
  };
}

/** The edit widened to the lines that it touches. */
function wholeLines(text: string, at: number, old: string, by: string): { old: string[]; new: string[] } {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const last = at + old.length;
  const next = old.endsWith('\n') ? last - 1 : text.indexOf('\n', last);
  const end = next < 0 ? text.length : next;
  const after = text.slice(start, at) + by + (old.endsWith('\n') ? '' : text.slice(last, end));
  const lines = after.endsWith('\n') && old.endsWith('\n') ? after.slice(0, -1) : after;
  return {
    old: text.slice(start, end).split('\n'),
    new: after === '' && old.endsWith('\n') ? [] : lines.split('\n'),
  };
}

function applyPatch(world: World, patch: Patch): Done {
  const args = { input: patch.text };
  const place = world.place(patch.path);
  const answer = (mark: 'A' | 'M'): Done => ({
    tool: 'apply_patch',
    args,
    output: `Success. Updated the following files:\n${mark} ${patch.path}\n`,
    failed: false,
    exitCode: 0,
  });
  const fail = (message: string): Done => ({
    tool: 'apply_patch',
    args,
    output: message,
    failed: true,
    exitCode: 1,
  });
  if (patch.content !== undefined) {
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, world.inward(patch.content));
    return answer('A');
  }
  if (!existsSync(place))
    return fail(
      `apply_patch verification failed: Failed to read file to update ${patch.path}: No such file or directory (os error 2)`,
    );
  const before = world.outward(readFileSync(place, 'utf8'));
  // Files are taken as lines and always end in a newline afterwards.
  const text = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  const old = (patch.hunk?.old ?? []).map((line) => `${line}\n`).join('');
  if (countOf(`\n${text}`, `\n${old}`) === 0)
    return fail(`apply_patch verification failed: Failed to find expected lines in ${patch.path}:\n${old}`);
  const by = (patch.hunk?.new ?? []).map((line) => `${line}\n`).join('');
  const after = replaceFirst(`\n${text}`, `\n${old}`, `\n${by}`).slice(1);
  writeFileSync(place, world.inward(after));
  return { ...answer('M'), before, after };
}

import { exhaustive } from '../../../src/base/assert.ts';
import type { Deed } from '../recorder/deed.ts';
import { freshShell, KeptShell } from '../recorder/shell.ts';
import type { World } from '../recorder/world.ts';
import { type Hands, runCommand } from './hands.ts';

/** An agent that has nothing but a shell: every edit is a command. */
export function bareHands(kind: 'fresh' | 'kept'): (world: World) => Hands {
  return (world) => {
    const shell = kind === 'fresh' ? freshShell(world) : new KeptShell(world);
    return {
      shell,
      perform: (deed) =>
        runCommand(shell, 'bash', commandOf(deed), deed.kind === 'run' ? deed.timeoutMs : undefined),
    };
  };
}

/** How an agent without tools of its own does it, in the words that such agents use. */
export function commandOf(deed: Deed): string {
  switch (deed.kind) {
    case 'run':
      return deed.command;
    case 'read':
      return deed.from === undefined
        ? `cat ${quote(deed.path)}`
        : `sed -n '${deed.from},${deed.to ?? '$'}p' ${quote(deed.path)}`;
    case 'write':
      return writeCommand(deed.path, deed.text);
    case 'replace':
      return editProgram(deed.path, [{ old: deed.old, new: deed.new }], deed.all ?? false);
    case 'edits':
      return editProgram(deed.path, deed.edits, false);
    case 'insert':
      return insertProgram(deed.path, deed.line, deed.text);
    case 'undo':
      return `git checkout -- ${quote(deed.path)}`;
    case 'delegate':
      return `echo ${quote(deed.prompt)}`;
    default:
      return exhaustive(deed);
  }
}

function writeCommand(path: string, text: string): string {
  // A here-document ends in a newline; other texts are printed.
  if (!text.endsWith('\n') || text.includes('\r')) return `printf '%s' ${quote(text)} > ${quote(path)}`;
  return `cat > ${quote(path)} <<'EOF'\n${text}EOF`;
}

function editProgram(path: string, edits: readonly { old: string; new: string }[], all: boolean): string {
  const changes = edits.map(
    ({ old, new: text }) => `s = s.replace(${python(old)}, ${python(text)}${all ? '' : ', 1'})`,
  );
  return [
    "python3 - <<'PY'",
    `path = ${python(path)}`,
    'with open(path, newline="") as f:',
    '    s = f.read()',
    ...changes,
    'with open(path, "w", newline="") as f:',
    '    f.write(s)',
    'PY',
  ].join('\n');
}

function insertProgram(path: string, line: number, text: string): string {
  return [
    "python3 - <<'PY'",
    `lines = open(${python(path)}).readlines()`,
    `lines.insert(${line}, ${python(text)})`,
    `open(${python(path)}, 'w').writelines(lines)`,
    'PY',
  ].join('\n');
}

/** JSON's strings are Python's as well, but for characters outside of the first plane. */
function python(text: string): string {
  return JSON.stringify(text);
}

export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

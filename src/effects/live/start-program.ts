import type { LiveProgram } from './session.ts';

const WRAPPERS = /^(?:sudo(?:\s+-\S+)*|env(?:\s+\w+=\S*)*|time|nohup|exec|command|winpty|rlwrap)\s+/;
const PAGERS = /^(?:less|more|man|most|pg|view)$|^git$/;
const MONITORS = /^(?:top|htop|btop|watch|iotop|nmon|glances|journalctl|ping|tmux|screen)$/;
const EDITORS: Readonly<Record<string, 'vim' | 'nano' | 'ed' | 'other'>> = {
  vim: 'vim',
  vi: 'vim',
  nvim: 'vim',
  ex: 'vim',
  nano: 'nano',
  pico: 'nano',
  ed: 'ed',
  emacs: 'other',
  micro: 'other',
  joe: 'other',
};

/** The program that a command leaves open in the terminal; undefined when the shell comes back by itself. */
export function startProgram(command: string): LiveProgram | undefined {
  // Only the last command of a line keeps the terminal.
  const last = (
    command
      .trim()
      .split(/\n|&&|;|\|\|/)
      .at(-1) ?? ''
  ).trim();
  if (last === '' || /[^&]&$/.test(last) || last.includes('<<')) return undefined;
  const input = /^(?:cat|tee)\s*(?:(-a)\s+)?(>{1,2}|(?<=tee\s*))\s*([^\s|<>&]+)$/.exec(last);
  if (input?.[3] !== undefined)
    return {
      kind: 'input',
      path: unquote(input[3]),
      append: input[2] === '>>' || input[1] === '-a',
      text: '',
    };
  if (/[|<]/.test(last))
    return /\|\s*(?:less|more)\s*$/.test(last) ? { kind: 'pager', name: 'less' } : undefined;
  let rest = last;
  for (let i = 0; i < 4 && WRAPPERS.test(rest); i++) rest = rest.replace(WRAPPERS, '');
  const words = rest.split(/\s+/).map(unquote);
  const name = (words[0] ?? '').replace(/^.*\//, '');
  const operands = words.slice(1).filter((word) => !word.startsWith('-'));
  const has = (...options: readonly string[]): boolean => words.some((word) => options.includes(word));
  if (has('--help', '--version', '-h') || (name !== 'ssh' && has('-V'))) return undefined;
  const kind = EDITORS[name];
  if (kind !== undefined) {
    if (has('-c', '-es', '-s', '-e', '--batch')) return undefined;
    const path = operands.findLast((word) => !word.startsWith('+'));
    return {
      kind: 'editor',
      name: kind,
      path,
      mode: kind === 'vim' ? 'normal' : 'insert',
      command: '',
      text: undefined,
      changed: false,
    };
  }
  if (/^(?:python|pypy|ipython)[\d.]*$/.test(name)) {
    const keeps = operands.length === 0 && !has('-c', '-m');
    return keeps || has('-i') ? { kind: 'repl', name: 'python', entered: '', blocks: '' } : undefined;
  }
  if (name === 'node' || name === 'irb')
    return operands.length === 0 && !has('-e', '-p')
      ? { kind: 'repl', name: name === 'irb' ? 'ruby' : 'node', entered: '', blocks: '' }
      : undefined;
  if (/^(?:sqlite3?|psql|mysql|mariadb|duckdb|redis-cli|mongosh?)$/.test(name)) {
    const given =
      has('-c', '-e', '--execute', '--command', '-f', '--eval', '-Q', '-l') || last.includes('--eval=');
    const limit = /^sqlite|^duckdb/.test(name) ? 1 : 2;
    return given || operands.length > limit ? undefined : { kind: 'database', launch: rest, entered: '' };
  }
  if (name === 'ssh' || name === 'mosh') {
    const host = sshHost(words);
    return host === undefined ? undefined : { kind: 'remote', host };
  }
  const container =
    /^(?:docker|podman)(?: compose)? exec (?:-\S+ )*-?\S*(?:it|ti|t)\S* (?:-\S+ \S+ )*?(\S+) (?:\/bin\/|\/usr\/bin\/)?(?:ba|z|a)?sh$/.exec(
      rest,
    );
  if (container?.[1] !== undefined) return { kind: 'remote', host: container[1] };
  if (/^(?:ba|z|da|k|fi)?sh$|^su$/.test(name) && operands.length <= (name === 'su' ? 1 : 0) && !has('-c'))
    return { kind: 'shell' };
  if (/^(?:gdb|lldb|pdb|pdb3|radare2|r2)$/.test(name))
    return has('-batch', '--batch') ? undefined : { kind: 'debugger', name };
  if (name === 'git') return gitProgram(words);
  if (name === 'crontab') return has('-e') ? otherEditor() : undefined;
  if (name === 'visudo') return otherEditor();
  if (PAGERS.test(name)) return { kind: 'pager', name };
  if (MONITORS.test(name))
    return name === 'tmux' || name === 'screen' ? { kind: 'other', name } : { kind: 'monitor', name };
  return /^(?:ftp|sftp|telnet|nc|ncat|bc|dc|fdisk|parted|ghci|octave|julia|R|scheme|racket|guile)$/.test(
    name,
  ) && operands.length <= 2
    ? { kind: 'other', name }
    : undefined;
}

function gitProgram(words: readonly string[]): LiveProgram | undefined {
  const sub = words.find((word, i) => i > 0 && !word.startsWith('-'));
  const has = (...options: readonly string[]): boolean => words.some((word) => options.includes(word));
  if (sub === 'commit' && !words.some((word) => /^(?:-[a-z]*m|--message|-F|--no-edit|-C|--file)/.test(word)))
    return otherEditor();
  if (sub === 'rebase' && has('-i', '--interactive')) return otherEditor();
  return undefined;
}

function otherEditor(): LiveProgram {
  return {
    kind: 'editor',
    name: 'vim',
    path: undefined,
    mode: 'normal',
    command: '',
    text: undefined,
    changed: false,
  };
}

/** The host of an ssh call without a command of its own. */
function sshHost(words: readonly string[]): string | undefined {
  const valued = /^-[pilmoFLRDJWbceESwBI]$/;
  const operands: string[] = [];
  for (let i = 1; i < words.length; i++) {
    const word = words[i] ?? '';
    if (valued.test(word)) i++;
    else if (!word.startsWith('-')) operands.push(word);
    else if (/^-[A-Za-z]*[NfVQG]/.test(word)) return undefined;
  }
  return operands.length === 1 ? operands[0] : undefined;
}

function unquote(word: string): string {
  return /^(['"]).*\1$/.test(word) ? word.slice(1, -1) : word;
}

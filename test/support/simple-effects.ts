import type { Effect, StepEffects } from '../../src/model/effect.ts';
import type { Step } from '../../src/model/step.ts';

/**
 * Effects of the few commands that tests of states need, so that they do not depend on the shell's whole grammar:
 * `cat F`, `sed -i SCRIPT F`, `echo TEXT > F`, `>> F`, `rm F`, `rm -r D`, `mv A B`, `cp A B`, `cd D`, `export N=V`,
 * `pip install P`, `pytest [T]`, `python S`, `git COMMAND ARGS`, `serve NAME &`, `pkill NAME`, `submit`; joined by `&&`.
 * A command that failed had no effect but `cd`. Tools: `Read`, `Write`, `Edit` with Claude Code's arguments.
 */
export function simpleEffects(step: Step): StepEffects {
  const effects: Effect[] = [];
  const programs: string[] = [];
  if (step.args) effects.push(...toolEffects(step));
  else {
    for (const command of step.action.split('&&').map((part) => part.trim())) {
      programs.push(command.split(' ', 1)[0] ?? '');
      effects.push(...commandEffects(command));
    }
  }
  if (step.args) programs.push(step.tool);
  const failed = step.status === 'error' || step.status === 'pending';
  const happened = failed
    ? effects.filter((effect) => effect.kind === 'chdir' || effect.kind === 'test')
    : effects;
  return { step: step.id, requested: toSet(effects), happened: toSet(happened), programs };
}

function toSet(effects: readonly Effect[]): StepEffects['happened'] {
  const change = effects.some(
    (effect) =>
      !['read', 'search', 'chdir', 'env', 'test', 'run', 'submit', 'note'].includes(effect.kind) &&
      !(effect.kind === 'git' && !effect.changes),
  );
  return { class: change ? 'change' : 'explore', certainty: 'certain', effects };
}

function commandEffects(command: string): Effect[] {
  const certainty = 'certain';
  const redirect = /^echo (.*?) ?(>>?) (\S+)$/s.exec(command);
  if (redirect) {
    const [, text = '', arrow, path = ''] = redirect;
    const kind = arrow === '>' ? 'set' : 'append';
    return [{ kind: 'write', path, change: { kind, content: `${text}\n` }, certainty }];
  }
  const sed = /^sed -i '(.*)' (\S+)$/s.exec(command);
  if (sed) {
    const change = { kind: 'sed', script: sed[1] ?? '', flags: ['-i'] } as const;
    return [{ kind: 'write', path: sed[2] ?? '', change, certainty }];
  }
  const [program = '', ...words] = command.split(' ');
  const args = words.filter((word) => program === 'git' || !word.startsWith('-'));
  const [first = '', second = ''] = args;
  switch (program) {
    case 'cat':
      return args.map((path): Effect => ({ kind: 'read', path, certainty }));
    case 'grep':
      return [{ kind: 'search', pattern: first, paths: args.slice(1), certainty }];
    case 'rm':
      return args.map(
        (path): Effect => ({ kind: 'delete', path, recursive: words.includes('-r'), certainty }),
      );
    case 'mv':
      return [{ kind: 'move', from: first, to: second, certainty }];
    case 'cp':
      return [{ kind: 'copy', from: first, to: second, recursive: false, certainty }];
    case 'cd':
      return [{ kind: 'chdir', path: first, certainty }];
    case 'export': {
      const [name = '', value = ''] = first.split('=');
      return [{ kind: 'env', name, value, exported: true, certainty }];
    }
    case 'pip':
      return [{ kind: 'package', manager: 'pip', action: 'install', names: args.slice(1), certainty }];
    case 'pytest':
      return [{ kind: 'test', runner: 'pytest', targets: args, certainty }];
    case 'python':
      return [{ kind: 'run', program, script: first, certainty }];
    case 'git': {
      const changes = !['diff', 'status', 'log', 'show'].includes(first);
      return [{ kind: 'git', command: first, args: args.slice(1), changes, certainty }];
    }
    case 'serve':
      return [{ kind: 'process', action: 'start', what: `serve ${first}`, background: true, certainty }];
    case 'pkill':
      return [{ kind: 'process', action: 'kill', what: first, background: false, certainty }];
    case 'submit':
      return [{ kind: 'submit', certainty }];
    default:
      return [];
  }
}

function toolEffects(step: Step): Effect[] {
  const text = (key: string): string => String(step.args?.[key] ?? '');
  const path = text('file_path');
  const certainty = 'certain';
  if (step.tool === 'Read') return [{ kind: 'read', path, certainty }];
  if (step.tool === 'Write') {
    return [{ kind: 'write', path, change: { kind: 'set', content: text('content') }, certainty }];
  }
  if (step.tool !== 'Edit') return [];
  const change = { kind: 'replace', old: text('old_string'), new: text('new_string'), all: false } as const;
  return [{ kind: 'write', path, change, certainty }];
}

import type { Catalogue } from '../spec.ts';

/** Processes seen, ended or waited for; builtins of the shell that change nothing outside it. */
export const PROCESSES: Catalogue = {
  'ps top htop pgrep pidof pstree jobs atop pmap pwdx fg glances': {},
  fuser: { acts: [{ kind: 'kill' }], only: '-k --kill' },
  'pkill killall killall5 skill xkill': {
    acts: [{ kind: 'kill' }],
    values: '-u -U -g -P -s --signal -t',
    unless: '-l --list -0',
    atLeast: 1,
  },
  'sleep usleep wait': { acts: [{ kind: 'wait' }] },
  'strace perf valgrind gdb lldb rr bpftrace': {
    dash: 'words',
    values: '-p -e -o -ex -x -iex -c -s --args',
    paths: { '-o --log-file --output': 'write' },
  },
  ': true false test [ [[ ]] pwd type which whereis hash exit return break continue shift getopts local readonly typeset set unset shopt alias unalias trap times history dirs logout let bind complete compgen enable caller bg suspend mapfile readarray read printenv tput clear reset stty tset cls disown':
    {},
};

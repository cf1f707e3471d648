import type { StateView } from '../../../src/model/state.ts';
import type { Pair } from './align.ts';
import type { Subject } from './score-files.ts';
import type { Score } from './tally.ts';

/** Variables that every shell changes by itself. */
const OWN = new Set(['_', 'PWD', 'OLDPWD', 'SHLVL']);

/** Directory, environment, git and tests after every step. */
export function scoreRest(subject: Subject, keepsEnv: boolean, score: Score): void {
  const { format, recording, history, pairs } = subject;
  for (const pair of pairs) {
    const view = history.at(pair.record.position);
    const count = (field: string, verdict: string): void => score.rest.count(format, `${field} ${verdict}`);
    count('directory', judgeDirectory(view, pair));
    if (keepsEnv) scoreEnvironment(view, pair, recording.start.env, count);
    scoreGit(view, pair, history.paths, count);
    for (const [test, status] of pair.step.tests) count('tests', judgeTest(view, test, status));
    if (judgeDirectory(view, pair) !== 'wrong') continue;
    score.wrongs.push({
      what: 'directory',
      recording: recording.name,
      format,
      family: pair.step.deed.family,
      step: pair.index,
      action: pair.step.done.command ?? pair.step.done.tool,
      path: '',
      claimed: `${view.cwd?.path} (${view.cwd?.provenance})`,
      truth: pair.step.truth.cwd,
    });
  }
}

type Count = (field: string, verdict: string) => void;

function judgeDirectory({ cwd }: StateView, { step }: Pair): string {
  if (!cwd) return 'unknown';
  const isRight = cwd.path === step.truth.cwd;
  if (cwd.provenance === 'assumed') return isRight ? 'assumed right' : 'assumed wrong';
  return isRight ? 'right' : 'wrong';
}

/** Variables that differ from the start, or that the reconstruction has a value for. */
function scoreEnvironment(
  view: StateView,
  { step }: Pair,
  start: ReadonlyMap<string, string>,
  count: Count,
): void {
  const { env } = step.truth;
  const names = new Set(view.env.keys());
  for (const [name, value] of env) if (start.get(name) !== value) names.add(name);
  for (const name of start.keys()) if (!env.has(name)) names.add(name);
  for (const name of names) {
    if (OWN.has(name)) continue;
    const claim = view.env.get(name);
    const truth = env.get(name);
    if (!claim) count('environment', 'missed');
    else if (claim.value === truth) count('environment', 'right');
    else count('environment', claim.value === undefined ? 'unknown' : 'wrong');
  }
}

function scoreGit({ git }: StateView, { step }: Pair, touched: readonly string[], count: Count): void {
  const { truth } = step;
  if (!git.branch) count('branch', 'unknown');
  else count('branch', git.branch.name === truth.git.branch ? 'right' : 'wrong');
  const hash = git.head?.hash;
  if (hash === undefined) count('head', 'unknown');
  else count('head', truth.git.head.startsWith(hash) || hash.startsWith(truth.git.head) ? 'right' : 'wrong');
  for (const field of ['dirty', 'staged', 'untracked'] as const) {
    const claimed = new Set(git[field]);
    const real = new Set(truth.git[field]);
    for (const path of touched) {
      if (!path.startsWith('/app/') || (!claimed.has(path) && !real.has(path))) continue;
      count(field, claimed.has(path) === real.has(path) ? 'right' : claimed.has(path) ? 'wrong' : 'missed');
    }
  }
  count('stashes', git.stashes.length === truth.git.stashes ? 'right' : 'wrong');
}

/** Runners name tests in their own ways; class and method decide. */
function judgeTest(view: StateView, test: string, status: string): string {
  const [type = '', method = ''] = test.split('.').slice(-2);
  for (const [name, known] of view.tests)
    if (name.includes(method) && name.includes(type)) return known.status === status ? 'right' : 'wrong';
  return 'unknown';
}

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
    scoreGit(view, pair, history.paths, count, (path, claimed, truth) =>
      score.wrongs.push({ what: 'git', ...placeOf(subject, pair), path, claimed, truth }),
    );
    for (const [test, status] of pair.step.tests) count('tests', judgeTest(view, test, status));
    if (judgeDirectory(view, pair) !== 'wrong') continue;
    score.wrongs.push({
      what: 'directory',
      ...placeOf(subject, pair),
      path: '',
      claimed: `${view.cwd?.path} (${view.cwd?.provenance})`,
      truth: pair.step.truth.cwd,
    });
  }
}

function placeOf(
  { format, recording }: Subject,
  { index, step }: Pair,
): { recording: string; format: string; family: string; step: number; action: string } {
  const action = step.done.command ?? step.done.tool;
  return { recording: recording.name, format, family: step.deed.family, step: index, action };
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

/** Notes a claim that was not so: of a file, or of the whole repository. */
type Accuse = (path: string, claimed: string, truth: string) => void;

function scoreGit(
  view: StateView,
  { step }: Pair,
  touched: readonly string[],
  count: Count,
  accuse: Accuse,
): void {
  const { git } = view;
  const { truth } = step;
  const judge = (field: string, isRight: boolean, claimed: string, real: string): void => {
    count(field, isRight ? 'right' : 'wrong');
    if (!isRight) accuse('', `${field} ${claimed}`, real);
  };
  if (!git.branch) count('branch', 'unknown');
  else
    judge('branch', git.branch.name === truth.git.branch, git.branch.name, truth.git.branch ?? '(detached)');
  const hash = git.head?.hash;
  const head = truth.git.head;
  if (hash === undefined) count('head', 'unknown');
  else judge('head', head.startsWith(hash) || hash.startsWith(head), hash, head);
  if (git.unsureStashes) count('stashes', 'unknown');
  else
    judge(
      'stashes',
      git.stashes.length === truth.git.stashes,
      `${git.stashes.length}`,
      `${truth.git.stashes}`,
    );
  const unsure = new Set(git.unsure);
  const changed = new Set(view.changedFiles().map(({ path }) => path));
  for (const field of ['dirty', 'staged', 'untracked'] as const) {
    const claimed = new Set(git[field]);
    const real = new Set(truth.git[field]);
    for (const path of touched) {
      if (!path.startsWith('/app/') || (!claimed.has(path) && !real.has(path))) continue;
      const isClaimed = claimed.has(path);
      const isRight = isClaimed === real.has(path);
      // Of a file that the run did not change nothing is said, unless git listed every change.
      const isSaid = git.covers === 'all' || (git.covers === 'touched' && (isClaimed || changed.has(path)));
      if (!isSaid || (unsure.has(path) && !isClaimed)) count(field, 'unknown');
      else if (unsure.has(path)) count(field, isRight ? 'assumed right' : 'assumed wrong');
      else {
        count(field, isRight ? 'right' : isClaimed ? 'wrong' : 'missed');
        if (!isRight) accuse(path, isClaimed ? field : `not ${field}`, isClaimed ? `not ${field}` : field);
      }
    }
  }
}

/** Runners name tests in their own ways; class and method decide. */
function judgeTest(view: StateView, test: string, status: string): string {
  const [type = '', method = ''] = test.split('.').slice(-2);
  for (const [name, known] of view.tests)
    if (name.includes(method) && name.includes(type)) {
      if (known.status === status) return 'right';
      // Nothing failed since in the same command, whose output names no test: no claim, and not the old one.
      return known.clearedBy === undefined ? 'wrong' : 'unknown';
    }
  return 'unknown';
}

import { exhaustive } from '../base/assert.ts';
import { baseName } from '../base/path.ts';
import type { Effect } from '../model/effect.ts';
import type { StageKind } from '../model/stage.ts';
import type { StepRecord } from '../model/state.ts';
import { isScratchPath } from '../state/scratch-path.ts';

/** How much a step speaks for each purpose; what is missing is 0. */
export type PurposeScores = Readonly<Partial<Record<StageKind, number>>>;

/** What the steps before tell about the meaning of this one. */
export interface Progress {
  /** A file of the task's own (not a throw-away script) was changed before. */
  readonly changedSource: boolean;
  /** Files that steps before changed. */
  readonly changed: ReadonlySet<string>;
  /** Steps from this one to the end of the run, this one included. */
  readonly left: number;
}

const TEST_PATH =
  /(?:^|\/)(?:tests?|__tests__|spec)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|[^/]*\.(?:test|spec))\.\w+$/;
const REPORT = /^(?:README|CHANGELOG|SUMMARY|NOTES|REPORT|SOLUTION)[\w.-]*$/i;
const ASKS_VERSION = new Set([
  'which',
  'whereis',
  'uname',
  'whoami',
  'id',
  'env',
  'printenv',
  'nproc',
  'df',
  'free',
  'ps',
  'lsof',
  'netstat',
  'ss',
  'hostname',
  'ulimit',
  'date',
  'sleep',
]);

const MANAGERS = new Set([
  'pip',
  'pip3',
  'apt',
  'apt-get',
  'apt-cache',
  'dpkg',
  'conda',
  'mamba',
  'uv',
  'npm',
  'yarn',
  'pnpm',
  'gem',
  'cargo',
  'brew',
  'apk',
  'yum',
  'dnf',
  'R',
]);

/** The purposes that a step's effects speak for. */
export function scorePurpose(record: StepRecord, progress: Progress): PurposeScores {
  const scores: Partial<Record<StageKind, number>> = {};
  const add = (kind: StageKind, score: number): void => {
    scores[kind] = Math.max(scores[kind] ?? 0, score);
  };
  const { effects } = record.effects.requested;
  for (const effect of effects) {
    for (const [kind, score] of purposesOf(effect, record, progress)) add(kind, score);
  }
  const { programs } = record.effects;
  if (programs.some((program) => ASKS_VERSION.has(program))) add('environment', 0.6);
  if (/^[\s\S]{0,200}--version\b/.test(record.step.action)) add('environment', 0.6);
  // Asking a package manager without changing anything: `pip list`, `npm ls`.
  if (
    !effects.some((effect) => effect.kind === 'package') &&
    programs.some((program) => MANAGERS.has(program))
  )
    add('dependency', 0.7);
  return scores;
}

type Scored = readonly [StageKind, number];

function purposesOf(effect: Effect, record: StepRecord, progress: Progress): Scored[] {
  const { changedSource } = progress;
  switch (effect.kind) {
    case 'read':
    case 'search':
      return scoreLook(record, progress);
    case 'write':
      return scoreWrite(effect.path, record, progress);
    case 'move':
    case 'copy':
      return [['implement', 0.6]];
    case 'delete':
      return progress.left <= 6 && changedSource
        ? [
            ['submit', 0.7],
            ['verify', 0.5],
          ]
        : [['implement', 0.4]];
    case 'mkdir':
    case 'mode':
      return [
        ['implement', 0.5],
        ['environment', 0.4],
      ];
    case 'package':
      return [['dependency', 2]];
    case 'test':
      return changedSource
        ? [['verify', 1.5]]
        : [
            ['reproduce', 1.2],
            ['verify', 0.5],
          ];
    case 'run':
      return changedSource
        ? [['verify', 1.2]]
        : [
            ['reproduce', 0.9],
            ['inspect', 0.3],
          ];
    case 'build':
      return [
        ['dependency', 0.7],
        ['verify', changedSource ? 0.8 : 0.2],
        ['implement', 0.5],
      ];
    case 'git':
      return scoreGit(effect.command, progress);
    case 'process':
      return [
        ['environment', 0.7],
        ['verify', changedSource ? 0.7 : 0],
      ];
    case 'service':
      return [['environment', 1.2]];
    case 'account':
      return [['environment', 1]];
    case 'env':
      return [['environment', 0.3]];
    case 'network':
      return changedSource
        ? [
            ['verify', 0.6],
            ['dependency', 0.5],
          ]
        : [
            ['inspect', 0.6],
            ['dependency', 0.4],
          ];
    case 'submit':
      return [['submit', 3]];
    case 'note':
      // The last look at the own list of things to do.
      return progress.left <= 2 ? [['submit', 0.9]] : [[changedSource ? 'implement' : 'inspect', 0.2]];
    case 'chdir':
    case 'keys':
    case 'delegate':
    case 'remote':
      return [];
    default:
      return exhaustive(effect);
  }
}

/** Looking at what the agent wrote itself checks it; looking at anything else learns. */
function scoreLook(record: StepRecord, { changedSource, changed }: Progress): Scored[] {
  if (!changedSource) return [['inspect', 1]];
  const own = record.read.some((path) => changed.has(path));
  return own
    ? [
        ['verify', 0.6],
        ['implement', 0.5],
        ['inspect', 0.2],
      ]
    : [
        ['inspect', 0.7],
        ['verify', 0.35],
        ['implement', 0.25],
      ];
}

function scoreWrite(path: string, record: StepRecord, { changedSource }: Progress): Scored[] {
  const target = record.changed.find((changed) => changed.endsWith(baseName(path))) ?? path;
  if (REPORT.test(baseName(target)))
    return [
      ['submit', 0.8],
      ['implement', 0.6],
    ];
  if (isScratchPath(target, true)) return changedSource ? [['verify', 1.2]] : [['reproduce', 1.3]];
  if (TEST_PATH.test(target))
    return [
      ['verify', changedSource ? 0.9 : 0.3],
      ['implement', 0.8],
      ['reproduce', changedSource ? 0 : 0.6],
    ];
  return [['implement', 1.6]];
}

function scoreGit(command: string, { changedSource, left }: Progress): Scored[] {
  if (command === 'clone' || command === 'init') return [['environment', 1.2]];
  if (
    command === 'diff' ||
    command === 'status' ||
    command === 'add' ||
    command === 'commit' ||
    command === 'push'
  ) {
    if (changedSource && left <= 5)
      return [
        ['submit', 1.4],
        ['verify', 0.6],
      ];
    return changedSource
      ? [
          ['verify', 0.8],
          ['implement', 0.3],
        ]
      : [['inspect', 0.8]];
  }
  if (command === 'log' || command === 'show' || command === 'blame' || command === 'grep')
    return [['inspect', 1]];
  return [['implement', 0.6]];
}

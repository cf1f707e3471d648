import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fastFolder } from './fast-folder.ts';
import { type Item, putFolder, takeFolder } from './folder-copy.ts';
import { buildProject } from './project.ts';

/** Folders that an agent sees at the root; everything of a world lies in them. */
const TOPS = ['app', 'tmp', 'root'] as const;

/** `/app/x` as a word of its own, not the end of a longer path. */
const SEEN_PATH = /(?<![\w./~-])\/(app|tmp|root)(?![\w-])/g;

/**
 * A machine of its own in a temporary directory: a project with history in `/app`, `/tmp`, and a home. Texts that go in
 * have the paths that the agent sees turned into real ones, texts that come out have them turned back.
 */
export class World {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;

  constructor() {
    this.root = makeRoot();
    made ??= makeTemplate();
    putFolder(this.root, made);
    this.env = environmentOf(this.root);
  }

  inward(text: string): string {
    return text.replace(SEEN_PATH, `${this.root}/$1`);
  }

  outward(text: string): string {
    return text.replaceAll(this.root, '');
  }

  /** The real path of one that the agent named. */
  place(path: string): string {
    return join(this.root, path);
  }

  remove(): void {
    removeRoot(this.root);
  }
}

/** Folders of this process that still stand: they go when it exits. */
const standing = new Set<string>();

function makeRoot(): string {
  const root = realpathSync(mkdtempSync(join(fastFolder(), 'ct-world-')));
  if (standing.size === 0) process.on('exit', removeStanding);
  standing.add(root);
  return root;
}

function removeRoot(root: string): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  standing.delete(root);
  if (standing.size === 0) process.off('exit', removeStanding);
}

function removeStanding(): void {
  for (const root of standing) rmSync(root, { recursive: true, force: true });
}

/** The world before the first step: built once in a process, kept in memory and never left on the disk. */
let made: readonly Item[] | undefined;

function makeTemplate(): readonly Item[] {
  const root = makeRoot();
  try {
    fillTemplate(root);
    return takeFolder(root);
  } finally {
    removeRoot(root);
  }
}

function fillTemplate(root: string): void {
  for (const top of [...TOPS, 'lib']) mkdirSync(join(root, top));
  writeFileSync(join(root, 'lib/sitecustomize.py'), TEST_WITNESS);
  writeFileSync(join(root, 'root/.gitconfig'), GIT_CONFIG);
  makePython(root);
  buildProject(
    (command) => {
      const { status, stderr } = spawnSync('bash', ['-c', command], {
        cwd: join(root, 'app'),
        env: environmentOf(root),
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`the project can't be built: ${command}: ${stderr}`);
    },
    (path, text) => {
      const place = join(root, 'app', path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    },
  );
}

function environmentOf(root: string): Record<string, string> {
  const date = '2026-01-05T09:00:00Z';
  return {
    PATH: `${join(root, PYTHON)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: join(root, 'root'),
    TMPDIR: join(root, 'tmp'),
    LC_ALL: 'C',
    TZ: 'UTC',
    TERM: 'dumb',
    PAGER: 'cat',
    GIT_PAGER: 'cat',
    GIT_EDITOR: 'true',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: root,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
    PYTHONPATH: join(root, 'lib'),
    WORLD_TEST_LOG: join(root, 'lib/tests.log'),
  };
}

/** Folder of the world's own interpreter. */
const PYTHON = 'lib/python/bin';

/**
 * A virtual environment with nothing in it, around the real interpreter: wrappers that choose a version, and packages
 * that load themselves at every start, take longer than most steps do.
 */
function makePython(root: string): void {
  const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
  const program = realpathSync((stdout ?? '').trim());
  mkdirSync(join(root, PYTHON), { recursive: true });
  symlinkSync(program, join(root, PYTHON, 'python3'));
  writeFileSync(join(root, 'lib/python/pyvenv.cfg'), `home = ${dirname(program)}\n`);
}

/** Results of tests that ran since the last call: what the witness inside Python wrote down. */
export function takeTestLog(world: World): string[] {
  const path = world.env['WORLD_TEST_LOG'] ?? '';
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  rmSync(path);
  return lines;
}

const GIT_CONFIG = `[user]
	name = Ada
	email = ada@example.org
[init]
	defaultBranch = main
[advice]
	detachedHead = false
[core]
	pager = cat
`;

/** Writes the result of every unittest to a log outside of what the agent sees. */
const TEST_WITNESS = `import os, sys
if "unittest" in " ".join(sys.orig_argv):
    import unittest.result as _result
    def _witness(name, status):
        original = getattr(_result.TestResult, name)
        def wrapped(self, test, *rest):
            with open(os.environ["WORLD_TEST_LOG"], "a") as log:
                log.write(status + " " + test.id() + "\\n")
            return original(self, test, *rest)
        setattr(_result.TestResult, name, wrapped)
    _witness("addSuccess", "passed")
    _witness("addFailure", "failed")
    _witness("addError", "error")
    _witness("addSkip", "skipped")
`;

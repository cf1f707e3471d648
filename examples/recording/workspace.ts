import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TASK = join(import.meta.dirname, '../task');

/** The directory's name in recordings, whatever the real one is called. */
export const WORKDIR = '/testbed';

export interface CommandResult {
  /** Standard output and standard error, as one stream. */
  readonly output: string;
  readonly returncode: number;
}

/** A fresh copy of the task's repository with one commit. */
export class Workspace {
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'codetracer-example-'));
    cpSync(join(TASK, 'repo'), this.folder, { recursive: true });
    this.expect('git init -q -b main && git add -A && git commit -q -m "Add up the hours of a week"');
  }

  /** Runs a command in a shell of its own, as mini-SWE-agent does: nothing but files outlives it. */
  run(command: string): CommandResult {
    const done = spawnSync('bash', ['-c', `exec 2>&1\n${command}`], {
      cwd: this.folder,
      encoding: 'utf8',
      timeout: 60_000,
      input: '',
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        LANG: 'C.UTF-8',
        PAGER: 'cat',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Timesheet',
        GIT_AUTHOR_EMAIL: 'timesheet@example.org',
        GIT_AUTHOR_DATE: '2026-01-05T08:00:00Z',
        GIT_COMMITTER_NAME: 'Timesheet',
        GIT_COMMITTER_EMAIL: 'timesheet@example.org',
        GIT_COMMITTER_DATE: '2026-01-05T08:00:00Z',
        PYTHONDONTWRITEBYTECODE: '1',
      },
    });
    if (done.error) throw done.error;
    return { output: done.stdout.replaceAll(this.folder, WORKDIR), returncode: done.status ?? -1 };
  }

  /** As `run`, for what the recording itself needs: a failure ends the recording. */
  expect(command: string): string {
    const { output, returncode } = this.run(command);
    if (returncode !== 0) throw new Error(`${command} exited with ${returncode}:\n${output}`);
    return output;
  }

  addChecker(): void {
    cpSync(join(TASK, 'checker'), join(this.folder, 'tests'), { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

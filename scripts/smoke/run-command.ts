import { spawnSync } from 'node:child_process';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with closed standard input; a signal or a program that is not there counts as a failure. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): CommandResult {
  const done = spawnSync(program, args, {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 300_000,
    input: '',
  });
  const error = done.error ? `${done.error.message}\n` : '';
  return { code: done.status ?? -1, stdout: done.stdout ?? '', stderr: `${done.stderr ?? ''}${error}` };
}

/** As `runCommand`, but anything except success throws with what the program said. */
export function expectSuccess(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): string {
  const { code, stdout, stderr } = runCommand(program, args, options);
  if (code !== 0) {
    throw new Error(
      `${[program, ...args].join(' ')} exited with ${code}\n${stdout.slice(-4000)}${stderr.slice(-4000)}`,
    );
  }
  return stdout;
}

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface Measured {
  readonly seconds: number;
  /** Peak resident memory in MB, from the kernel's high-water mark; undefined where there is no /proc. */
  readonly peakMb: number | undefined;
  readonly exitCode: number | null;
}

/** Runs a command to its end and measures it from outside. */
export async function measureCommand(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<Measured> {
  const start = performance.now();
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  let peakMb: number | undefined;
  const poll = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (status) => {
        const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
        if (kilobytes !== undefined) peakMb = Math.max(peakMb ?? 0, Number(kilobytes) / 1024);
      },
      () => undefined,
    );
  }, 20);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearInterval(poll);
  return { seconds: (performance.now() - start) / 1000, peakMb, exitCode };
}

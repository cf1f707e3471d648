import { vi } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in this process and captures what it writes. */
export async function captureCli(...argv: string[]): Promise<CliResult> {
  const texts = { stdout: '', stderr: '' };
  const capture = (stream: 'stdout' | 'stderr') =>
    vi.spyOn(process[stream], 'write').mockImplementation((chunk, ...rest) => {
      texts[stream] += String(chunk);
      const done = rest.find((argument) => typeof argument === 'function');
      done?.();
      return true;
    });
  const spies = [capture('stdout'), capture('stderr')];
  try {
    const code = await runCli(argv);
    return { code, ...texts };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

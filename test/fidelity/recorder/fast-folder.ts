import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';

let found: string | undefined;

/** Where worlds are made: in memory, where there is such a place and programs in it may be run. */
export function fastFolder(): string {
  found ??= runsPrograms(MEMORY) ? MEMORY : tmpdir();
  return found;
}

function runsPrograms(folder: string): boolean {
  if (!existsSync(folder)) return false;
  let own: string | undefined;
  try {
    own = mkdtempSync(join(folder, 'ct-world-'));
    const script = join(own, 'script.sh');
    writeFileSync(script, '#!/bin/sh\nexit 0\n');
    chmodSync(script, 0o755);
    return spawnSync(script).status === 0;
  } catch {
    return false;
  } finally {
    if (own !== undefined) rmSync(own, { recursive: true, force: true });
  }
}

import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import pc from 'picocolors';
import { VERSION } from '../../app/version.ts';
import { EXIT } from '../exit-codes.ts';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** Without it the main job does not work. */
  readonly needed: boolean;
  readonly detail: string;
}

export async function doctorCommand({ json }: { json?: boolean }): Promise<number> {
  const checks = [checkNode(), ...(await Promise.all([checkWritable(), checkZstd(), checkGit()]))];
  const healthy = checks.every((check) => check.ok || !check.needed);
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ schema: 'codetracer.doctor/1', version: VERSION, healthy, checks }, null, 2)}\n`,
    );
  } else {
    const rows = checks.map(({ name, ok, needed, detail }) => {
      const mark = ok ? pc.green('ok') : needed ? pc.red('missing') : pc.yellow('absent');
      return `${mark.padEnd(8)} ${name}: ${detail}`;
    });
    process.stdout.write(`codetracer ${VERSION}\n${rows.join('\n')}\n`);
  }
  return healthy ? EXIT.done : EXIT.findings;
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { name: 'node', ok, needed: true, detail: `${process.versions.node} (20.19 or newer is needed)` };
}

async function checkWritable(): Promise<Check> {
  const ok = await access(process.cwd(), constants.W_OK).then(
    () => true,
    () => false,
  );
  return {
    name: 'current directory',
    ok,
    needed: false,
    detail: ok ? 'can be written' : 'can not be written; use --out or --no-files',
  };
}

async function checkZstd(): Promise<Check> {
  if ('createZstdDecompress' in zlib)
    return { name: 'zstd', ok: true, needed: false, detail: 'built into this Node' };
  const version = await versionOf('zstd');
  const detail = version ?? 'no zstd command; .zst archives are unpacked by a slower decoder';
  return { name: 'zstd', ok: version !== undefined, needed: false, detail };
}

async function checkGit(): Promise<Check> {
  const version = await versionOf('git');
  return { name: 'git', ok: version !== undefined, needed: false, detail: version ?? 'not found' };
}

function versionOf(command: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, ['--version'], { timeout: 5000 }, (error, stdout) =>
      resolve(error ? undefined : stdout.trim().split('\n')[0]),
    );
  });
}

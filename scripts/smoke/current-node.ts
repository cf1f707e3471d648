import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

/** The current release line that the package is also tried under. */
const VERSION = '24';
const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|network/;

/**
 * A current Node's binary from the npm package `node`, in a folder of its own: as a dependency it would shadow the
 * system's Node in every npm script. Undefined when the registry cannot be reached; any other failure throws.
 */
export function installCurrentNode(root: string): string | undefined {
  const prefix = join(root, `.tools/n${VERSION}`);
  const binary = join(prefix, 'node_modules/node/bin/node');
  if (existsSync(binary)) return binary;
  mkdirSync(prefix, { recursive: true });
  const args = ['install', '--prefix', prefix, '--no-audit', '--no-fund', '--no-save', `node@${VERSION}`];
  const { code, stdout, stderr } = runCommand('npm', args, { cwd: prefix });
  if (code === 0 && existsSync(binary)) return binary;
  if (UNREACHABLE.test(stderr)) return undefined;
  throw new Error(`node ${VERSION} could not be installed\n${stdout}${stderr}`);
}

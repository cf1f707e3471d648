/**
 * Packs the package, installs it into an empty directory, and uses it there as people do: `npm run smoke`. Also under
 * a current Node. One line per check, and the totals alone on the last line.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDemo } from './smoke/check-demo.ts';
import { CONSUMER_SCRIPT, CONSUMER_TSCONFIG, CONSUMER_TYPES } from './smoke/consumer.ts';
import { installCurrentNode } from './smoke/current-node.ts';
import { expectSuccess, runCommand } from './smoke/run-command.ts';

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules/.bin');
const manifest: { version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** npx must find the installed program, and never ask the registry for its name. */
const OFFLINE = { npm_config_offline: 'true' };

const workshop = mkdtempSync(join(tmpdir(), 'codetracer-pack-'));
const project = join(workshop, 'project');
const installed = join(project, 'node_modules/codetracer');
const example = join(installed, 'examples/failed-fix');
const schemaFile = join(installed, 'docs/schemas/analyze-1.schema.json');
const cli = join(installed, 'dist/cli.js');
let tarball = '';
let demoOutput = '';
let passed = 0;
let failed = 0;

try {
  // Without a package there is nothing to try, and npx would ask the registry for the name instead.
  if (packPackage() && installPackage()) useInstalled();
} finally {
  rmSync(workshop, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function packPackage(): boolean {
  const isPacked = check('pack', () => {
    const [packed]: { filename: string; files: { path: string }[] }[] = JSON.parse(
      lastJson(expectSuccess('npm', ['pack', '--json', '--pack-destination', workshop], { cwd: ROOT })),
    );
    if (!packed) throw new Error('npm pack made nothing');
    tarball = join(workshop, packed.filename);
    checkContents(packed.files.map((file) => file.path));
  });
  if (!isPacked) return false;
  check('publint', () => expectSuccess(join(BIN, 'publint'), ['run', tarball, '--strict'], { cwd: ROOT }));
  check('types resolve (attw)', () =>
    expectSuccess(join(BIN, 'attw'), [tarball, '--profile', 'esm-only'], { cwd: ROOT }),
  );
  return true;
}

function installPackage(): boolean {
  return check('install into an empty directory', () => {
    mkdirSync(project);
    write('package.json', { name: 'consumer', private: true, type: 'module' });
    const args = ['install', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline', tarball];
    expectSuccess('npm', args, { cwd: project });
  });
}

function useInstalled(): void {
  check('npx codetracer --version', () => {
    const version = npx('--version').trim();
    if (version !== manifest.version) throw new Error(`it says ${version}, not ${manifest.version}`);
  });
  check('npx codetracer demo', () => {
    const text = npx('demo');
    if (!/\bstep \d+/i.test(text)) throw new Error(`no step is named:\n${text}`);
  });
  check('npx codetracer demo --json', () => {
    demoOutput = npx('demo', '--json');
    checkDemo(demoOutput, schemaFile);
  });
  check('analyze, then ask about the run', () => {
    npx('analyze', example);
    npx('show', 'last', 'onset');
    npx('tree', 'last');
  });
  check('a path that is not there exits 3', () => {
    const { code, stderr } = runCommand('npx', ['--no-install', 'codetracer', 'analyze', 'nowhere'], {
      cwd: project,
      env: OFFLINE,
    });
    if (code !== 3 || !stderr.includes('nowhere')) throw new Error(`it exited with ${code}: ${stderr}`);
  });
  check('import the library', () => checkLibrary(process.execPath));
  check('compile against the types', () => {
    writeFileSync(join(project, 'consumer.ts'), CONSUMER_TYPES);
    write('tsconfig.json', CONSUMER_TSCONFIG);
    expectSuccess(join(BIN, 'tsc'), ['-p', 'tsconfig.json'], { cwd: project });
  });
  checkUnderCurrentNode();
}

function checkUnderCurrentNode(): void {
  let current: string | undefined;
  check('install a current Node', () => {
    current = installCurrentNode(ROOT);
    if (current === undefined) {
      console.log(
        '\n*** CHECKS UNDER A CURRENT NODE ARE SKIPPED: the package registry cannot be reached ***\n',
      );
    }
  });
  const node = current;
  if (node === undefined) return;
  check('current Node: demo --json gives the same', () => {
    const output = expectSuccess(node, [cli, 'demo', '--json'], { cwd: project });
    checkDemo(output, schemaFile);
    if (output !== demoOutput) throw new Error('the document differs between the two versions of Node');
  });
  check('current Node: import the library', () => checkLibrary(node));
}

/** What users get: the program, its types, the examples, schemas and papers; nothing else. */
function checkContents(files: readonly string[]): void {
  const wanted = [
    'dist/cli.js',
    'dist/index.js',
    'dist/index.d.ts',
    'docs/schemas/analyze-1.schema.json',
    'examples/README.md',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'package.json',
  ];
  const missing = wanted.filter((path) => !files.includes(path));
  if (missing.length > 0) throw new Error(`missing from the tarball: ${missing.join(', ')}`);
  const examples = ['failed-fix', 'good-fix'].filter(
    (name) =>
      !files.some((path) => path.startsWith(`examples/${name}/trajs/`) && path.endsWith('.traj.json')),
  );
  if (examples.length > 0) throw new Error(`missing from the tarball: the runs ${examples.join(', ')}`);
  const strange = files.filter((path) =>
    /^(?:src|test|scripts|bench|\.ci)\/|\.test\.|^examples\/.*\.tsx?$/.test(path),
  );
  if (strange.length > 0) throw new Error(`should not be in the tarball: ${strange.slice(0, 10).join(', ')}`);
}

function checkLibrary(node: string): void {
  writeFileSync(join(project, 'consumer.mjs'), CONSUMER_SCRIPT);
  const result: { version: string; steps: number; onset: unknown; opened: string[]; tree: boolean } =
    JSON.parse(expectSuccess(node, ['consumer.mjs', example], { cwd: project }));
  const { version, steps, onset, opened, tree } = result;
  const isRight = version === manifest.version && steps === 13 && typeof onset === 'number' && tree;
  if (!isRight || !opened.includes('run')) throw new Error(`it answers ${JSON.stringify(result)}`);
}

function npx(...args: readonly string[]): string {
  return expectSuccess('npx', ['--no-install', 'codetracer', ...args], { cwd: project, env: OFFLINE });
}

/** npm puts the output of the build before its own. */
function lastJson(output: string): string {
  return output.slice(output.lastIndexOf('\n[') + 1);
}

function write(name: string, value: unknown): void {
  writeFileSync(join(project, name), `${JSON.stringify(value, null, 2)}\n`);
}

/** Whether the body went through without an error; says so on a line. */
function check(name: string, body: () => unknown): boolean {
  const start = performance.now();
  let problem: string | undefined;
  try {
    body();
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  const time = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  console.log(`${problem === undefined ? 'ok    ' : 'FAILED'}  ${name}  ${time}`);
  if (problem === undefined) {
    passed++;
    return true;
  }
  failed++;
  console.log(problem.replace(/^/gm, '  '));
  return false;
}

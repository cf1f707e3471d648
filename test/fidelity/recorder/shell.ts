import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { World } from './world.ts';

export interface ShellResult {
  readonly output: string;
  readonly exitCode: number;
  readonly timedOut: boolean;
}

/** What a shell's next command finds. */
export interface ShellState {
  readonly cwd: string;
  readonly env: ReadonlyMap<string, string>;
}

/** A shell as an agent has it: one that lives on, or a fresh one for every command. */
export interface AgentShell {
  readonly state: ShellState;
  run(command: string, timeoutMs: number): Promise<ShellResult>;
  close(): void;
}

function startState(world: World): ShellState {
  const env = Object.entries(world.env).map(([name, value]): [string, string] => [
    name,
    world.outward(value),
  ]);
  return { cwd: '/app', env: new Map(env) };
}

/** Every command gets a bash of its own in the same directory: nothing but files is kept. */
export function freshShell(world: World): AgentShell {
  const groups: number[] = [];
  return {
    state: startState(world),
    run(command, timeoutMs) {
      const log = world.place('/lib/output');
      const out = openSync(log, 'w');
      const child = spawn('bash', ['-c', world.inward(command)], {
        cwd: world.place('/app'),
        env: world.env,
        stdio: ['ignore', out, out],
        detached: true,
      });
      closeSync(out);
      if (child.pid !== undefined) groups.push(child.pid);
      return new Promise((resolve, reject) => {
        let timedOut = false;
        const timer = setTimeout(() => {
          timedOut = true;
          killGroup(child.pid);
        }, timeoutMs);
        child.once('error', reject);
        child.once('exit', (code) => {
          clearTimeout(timer);
          resolve({ output: world.outward(readFileSync(log, 'utf8')), exitCode: code ?? 137, timedOut });
        });
      });
    },
    close() {
      for (const group of groups) killGroup(group);
    },
  };
}

/** A line of `export -p`; values may hold newlines. */
const EXPORTED = /^declare -x (\w+)="((?:[^"\\]|\\[\s\S])*)"$/gm;

/**
 * One bash that stays: directory, variables, functions and background jobs live on. Several in one world have names,
 * which keep their files apart.
 */
export class KeptShell implements AgentShell {
  state: ShellState;
  private readonly world: World;
  private readonly name: string;
  private child: ChildProcess;

  constructor(world: World, name = '') {
    this.world = world;
    this.name = name;
    this.child = this.start();
    this.state = startState(world);
  }

  async run(command: string, timeoutMs: number): Promise<ShellResult> {
    const { world, child } = this;
    const [typed, log, state] = ['typed', 'output', 'state'].map((name) =>
      world.place(`/lib/${this.name}${name}`),
    );
    writeFileSync(typed ?? '', world.inward(command));
    writeFileSync(state ?? '', '');
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      killChildren(child.pid);
    }, timeoutMs);
    const control = child.stdio[3] as Readable;
    const ended = new Promise<number | undefined>((resolve) => {
      const done = (): void => {
        child.off('exit', left);
        resolve(undefined);
      };
      const left = (code: number | null): void => {
        control.off('data', done);
        resolve(code ?? 137);
      };
      control.once('data', done);
      child.once('exit', left);
    });
    child.stdin?.write(
      `{ eval "$(<'${typed}')"; } </dev/null >'${log}' 2>&1; ` +
        `{ printf '%s\\0' "$?" "$PWD"; export -p; } >'${state}'; echo done >&3\n`,
    );
    const left = await ended;
    clearTimeout(timer);
    const output = world.outward(readFileSync(log ?? '', 'utf8'));
    if (left !== undefined) {
      // The command ended the shell; the agent gets a new one where it began.
      killGroup(child.pid);
      this.child = this.start();
      this.state = startState(world);
      return { output, exitCode: left, timedOut };
    }
    return { output, exitCode: this.readState(readFileSync(state ?? '', 'utf8')), timedOut };
  }

  close(): void {
    killGroup(this.child.pid);
  }

  private readState(text: string): number {
    const [code, cwd, variables = ''] = text.split('\0');
    if (!cwd?.startsWith(`${this.world.root}/`)) throw new Error(`the shell left its world: ${cwd}`);
    const env = new Map<string, string>();
    for (const [, name = '', quoted = ''] of variables.matchAll(EXPORTED))
      env.set(name, this.world.outward(quoted.replace(/\\([\s\S])/g, '$1')));
    this.state = { cwd: this.world.outward(cwd), env };
    return Number(code);
  }

  private start(): ChildProcess {
    return spawn('bash', ['--norc', '--noprofile'], {
      cwd: this.world.place('/app'),
      env: this.world.env,
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      detached: true,
    });
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Ends what the shell waits for and leaves the shell. */
function killChildren(pid: number | undefined): void {
  if (pid === undefined) return;
  for (const child of childrenOf(pid)) {
    killChildren(child);
    try {
      process.kill(child, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function childrenOf(pid: number): number[] {
  const folder = `/proc/${pid}/task`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((task) => {
    const path = join(folder, task, 'children');
    return existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number) : [];
  });
}

import type { Effect } from '../../model/effect.ts';
import type { StepId } from '../../model/ids.ts';
import type { PortState, ProcessState, ServiceState } from '../../model/state.ts';
import type { Step } from '../../model/step.ts';
import { ProcessList } from '../process-list.ts';
import { VersionedMap } from '../versioned-map.ts';
import { commandOf } from './command-text.ts';
import { type PortLine, portOfCommand, readPortLines } from './port-lines.ts';
import { readProcessNames, readProcessNews } from './process-lines.ts';
import {
  DAEMONS,
  leavesRunning,
  readIsActive,
  readServiceLines,
  SERVICE_FAILED,
  sameService,
  serviceName,
} from './service-lines.ts';

/** What the machine's ledger is told of a step. */
export interface MachineStep {
  readonly step: Step;
  readonly at: number;
  readonly happened: readonly Effect[];
  readonly programs: readonly string[];
  readonly output: string | undefined;
  readonly failed: boolean;
}

/** A time limit, or a question that the program answers at once. */
const ENDS = /^timeout |\s--(?:help|version|generate-config)\b/;
const LISTS_PORTS: ReadonlySet<string> = new Set(['ss', 'netstat', 'lsof', 'docker', 'podman']);
const ASKS_PORTS: ReadonlySet<string> = new Set([
  ...LISTS_PORTS,
  'curl',
  'wget',
  'nc',
  'ncat',
  'telnet',
  'http',
]);
const ASKS_SERVICES = /\b(?:systemctl|service|init\.d)\b/;
const LISTS_PROCESSES: ReadonlySet<string> = new Set(['ps', 'pgrep', 'top', 'jobs', 'pidof']);
/** `lsof -ti:5000 | xargs kill`, `fuser -k 5000/tcp`, `kill $(lsof -t -i :5000)`. */
const KILLED_PORT = /\blsof\b[^\n;&]{0,80}?:(\d{2,5})\b|\bfuser\b[^\n;&]{0,80}?\b(\d{2,5})\/tcp\b/;
/** One request to a local server and nothing else whose status could be meant. */
const ONE_REQUEST =
  /^(?:cd \S+ && )?(?:curl|wget)\b[^\n;|&]*?(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})\b[^\n;|]*$/;
/** A listing of ports that was searched for one. */
const SEARCHED =
  /^(?:sudo )?(?:ss|netstat) -\w+(?: 2>\/dev\/null)? \| e?grep(?: -\w+)* ["']?:?(\d{2,5})\b["' ]*$/;
const IS_ACTIVE = /^(?:sudo )?systemctl is-active ((?:[\w@.-]+ ?)+)$/;
const ASKS_SERVICE =
  /(?:\bsystemctl\s+(?:--\S+\s+)*status\s+([\w@.-]+)|\bservice\s+([\w@.-]+)\s+status)|\binit\.d\/([\w.-]+)\s+status/g;

/** Processes, services and ports of the machine, as steps start, end and show them. */
export class Machine {
  readonly processes = new ProcessList();
  readonly services = new VersionedMap<string, ServiceState>();
  readonly ports = new VersionedMap<number, PortState>();
  /** The step that started the process which listens on a port. */
  private readonly holders = new Map<number, StepId>();

  add(facts: MachineStep): void {
    let isKilling = false;
    const up = servicesAtEnd(facts.happened);
    const started: { readonly what: string; readonly command?: string }[] = [];
    for (const effect of facts.happened) {
      if (effect.certainty === 'possible') continue;
      if (effect.kind === 'service') this.serve(effect, facts);
      else if (effect.kind === 'process' && effect.action === 'kill') {
        isKilling = true;
        this.kill(effect.what, up, facts);
      } else if (effect.kind === 'process' && effect.action === 'start' && effect.background) {
        const command = commandOf(facts.step.action, effect.what);
        // What only a guess at a script names, or what ends by itself, is not said to run.
        if (command === undefined && effect.certainty !== 'certain') continue;
        if (command !== undefined && ENDS.test(command)) continue;
        started.push({ what: effect.what, ...(command !== undefined && { command }) });
      }
    }
    if (started.length > 0) this.start(started, facts);
    if (facts.output !== undefined) this.observe(facts, facts.output, started.length > 0, isKilling);
  }

  private start(
    started: readonly { readonly what: string; readonly command?: string }[],
    facts: MachineStep,
  ): void {
    const { step, at } = facts;
    const names = readProcessNames(step, started.length);
    for (const [index, process] of started.entries()) {
      this.processes.start({ ...process, by: step.id }, names[index] ?? {}, at);
      if (DAEMONS.has(process.what)) this.setService(process.what, true, 'assumed', facts);
      const port = portOfCommand(process.command ?? process.what);
      if (port === undefined) continue;
      this.holders.set(port, step.id);
      if (this.ports.latest(port)?.open !== true)
        this.setPort({ port, open: true, owner: process.what }, 'assumed', step.id, at);
    }
  }

  private kill(what: string, up: ReadonlySet<string>, facts: MachineStep): void {
    const { step, at } = facts;
    const ended = this.processes.kill(what, at);
    const port = KILLED_PORT.exec(step.action.slice(0, 4000));
    const number = Number(port?.[1] ?? port?.[2]);
    if (port) {
      const holder = this.holders.get(number);
      ended.push(...this.processes.end(({ state }) => state.by === holder, at));
      if (this.ports.latest(number)?.open)
        this.setPort({ port: number, open: false }, 'assumed', step.id, at);
    }
    this.closePorts(ended, 'assumed', facts);
    for (const key of this.services.keys()) {
      const isMeant = ended.some((process) => process.what === key) || what.split(/\s+/).includes(key);
      // What the same text starts again is left as known.
      if (isMeant && !up.has(key) && this.services.latest(key)?.running)
        this.setService(key, false, 'assumed', facts);
    }
  }

  private serve(effect: Extract<Effect, { kind: 'service' }>, facts: MachineStep): void {
    const running = leavesRunning(effect.action);
    if (running === undefined || /[$`*]/.test(effect.name)) return;
    const { output, failed, step } = facts;
    if (output !== undefined && SERVICE_FAILED.test(output)) return;
    if (failed) return;
    // The status of the whole text is that of the service's manager only where it ran alone or last.
    const isSure = step.status === 'ok' && !/\|\||;|\|/.test(step.action);
    this.setService(serviceName(effect.name), running, isSure ? 'derived' : 'assumed', facts);
  }

  private observe(facts: MachineStep, output: string, isStarting: boolean, isKilling: boolean): void {
    const { step, at, programs } = facts;
    if (!this.processes.isEmpty) this.followProcesses(facts, output);
    const waits = facts.happened.some((effect) => effect.kind === 'process' && effect.action === 'wait');
    const asksPorts = programs.some((program) => ASKS_PORTS.has(program));
    if (asksPorts || isStarting || waits) {
      const listings = programs.some((program) => LISTS_PORTS.has(program));
      const holder = this.holderOf(facts, isStarting);
      for (const line of readPortLines(output, { listings, servers: isStarting || waits })) {
        // A port that was open while the step ran says nothing when the step ends what held it.
        if (line.open && isKilling) continue;
        if (line.open && line.owner === undefined && holder !== undefined)
          this.holders.set(line.port, holder);
        this.setPort(line, 'recorded', step.id, at);
      }
    }
    const action = step.action.length > 4000 ? step.action.slice(0, 4000) : step.action;
    if (asksPorts) this.askPorts(facts, action, output, isKilling);
    if (ASKS_SERVICES.test(action)) this.askServices(facts, action, output);
  }

  /** Processes that an output shows ended, or running. */
  private followProcesses(facts: MachineStep, output: string): void {
    const { step, at, programs, happened } = facts;
    for (const news of readProcessNews(step, happened, output)) {
      const ended = this.processes.end(
        (process) => (news.handle === undefined ? process.job === news.job : process.handle === news.handle),
        at,
      );
      this.closePorts(ended, 'derived', facts);
    }
    if (programs.some((program) => LISTS_PROCESSES.has(program)))
      this.processes.seen((process) => isListed(process.command ?? process.what, output), step.id, at);
  }

  /** The step that started the process whose words this step's output shows. */
  private holderOf({ step, happened }: MachineStep, isStarting: boolean): StepId | undefined {
    if (isStarting) return step.id;
    const handles = happened.flatMap((effect) => (effect.kind === 'process' ? [effect.what] : []));
    return this.processes.find((process) => handles.includes(process.handle ?? ''))?.by;
  }

  private closePorts(
    ended: readonly ProcessState[],
    provenance: PortState['provenance'],
    { step, at }: MachineStep,
  ): void {
    if (ended.length === 0) return;
    const starts = new Set(ended.map((process) => process.by));
    for (const [port, holder] of this.holders)
      if (starts.has(holder) && this.ports.latest(port)?.open)
        this.setPort({ port, open: false }, provenance, step.id, at);
  }

  private askPorts(facts: MachineStep, action: string, output: string, isKilling: boolean): void {
    const { step, at } = facts;
    const asked = ONE_REQUEST.exec(action)?.[1];
    if (asked !== undefined && step.exitCode === 0 && output.trim() !== '' && !isKilling)
      this.setPort({ port: Number(asked), open: true }, 'derived', step.id, at);
    const searched = SEARCHED.exec(action.trim())?.[1];
    if (searched !== undefined && step.exitCode === 1 && output.trim() === '')
      this.setPort({ port: Number(searched), open: false }, 'recorded', step.id, at);
  }

  private askServices(facts: MachineStep, action: string, output: string): void {
    const active = IS_ACTIVE.exec(action.trim())?.[1];
    const asked = [...action.matchAll(ASKS_SERVICE)].flatMap(
      (found) => found[1] ?? found[2] ?? found[3] ?? [],
    );
    if (active === undefined && asked.length === 0) return;
    const lines =
      active === undefined
        ? readServiceLines(output, asked)
        : readIsActive(output, active.trim().split(/ +/));
    for (const { name, running } of lines) {
      const known = [...this.services.keys()].find((key) => sameService(key, name));
      this.setService(known ?? name, running, 'recorded', facts);
    }
  }

  private setService(
    name: string,
    running: boolean,
    provenance: ServiceState['provenance'],
    { step, at }: MachineStep,
  ): void {
    const known = this.services.latest(name);
    if (known?.running === running && known.provenance === 'recorded') return;
    this.services.set(name, at, { name, running, by: step.id, provenance });
  }

  private setPort(line: PortLine, provenance: PortState['provenance'], by: StepId, at: number): void {
    const { port, open } = line;
    const known = this.ports.latest(port);
    const owner = line.owner ?? (open ? known?.owner : undefined);
    // Seen again: who opened it stays the answer, how it is known may get better.
    const isSame = known?.open === open;
    if (isSame && known.provenance === 'recorded' && owner === known.owner) return;
    this.ports.set(port, at, {
      port,
      open,
      ...(owner !== undefined && { owner }),
      by: isSame ? known.by : by,
      provenance: isSame && provenance !== 'recorded' ? known.provenance : provenance,
    });
  }
}

/** Whether a list of processes has a row of this command; the row of the search for it does not count. */
function isListed(command: string, output: string): boolean {
  if (command.length < 3) return false;
  return output.split('\n', 3000).some((line) => line.includes(command) && !/\bgrep\b|<defunct>/.test(line));
}

/** Services that a text starts, whatever it does to them before. */
function servicesAtEnd(happened: readonly Effect[]): Set<string> {
  return new Set(
    happened.flatMap((effect) => {
      if (effect.kind === 'service' && leavesRunning(effect.action)) return [serviceName(effect.name)];
      return effect.kind === 'process' && effect.action === 'start' ? [effect.what] : [];
    }),
  );
}

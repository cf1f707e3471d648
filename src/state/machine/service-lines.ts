/** What an output or an action says of a service. */
export interface ServiceLine {
  readonly name: string;
  readonly running: boolean;
}

/** `systemctl status X`: the unit stands on the first line, what it does on a later one. */
const UNIT = /^[●○×*] ([\w@.-]{1,80}?)(?:\.service)?(?: - .*)?$/;
const ACTIVE = /^\s+Active: (active \((?:running|exited)\)|inactive|failed|activating)/;
/** `service X status` of Debian and Ubuntu. */
const PLAIN =
  /^(?:\[ [+-] \]| ?\*)? ?([\w@.-]{1,60}) (?:\(pid\s+\d+\) )?is (running|not running|stopped)\b|^([\w@.-]{1,60}): (?:unrecognized service|is not running)/;

/** Whether services run, as the output of a command that asks for it says. `asked`: the names that it asks for. */
export function readServiceLines(output: string, asked: readonly string[]): ServiceLine[] {
  const found: ServiceLine[] = [];
  let unit: string | undefined;
  const lines = output.split('\n', 2000);
  for (const line of lines) {
    if (line.length > 400) continue;
    unit = UNIT.exec(line)?.[1] ?? unit;
    const active = ACTIVE.exec(line)?.[1];
    if (active !== undefined && unit !== undefined) {
      if (active !== 'activating') found.push({ name: unit, running: active === 'active (running)' });
      unit = undefined;
    }
    const plain = PLAIN.exec(line);
    const name = plain?.[1];
    if (name !== undefined && asked.some((word) => sameService(word, name)))
      found.push({ name, running: plain?.[2] === 'running' });
  }
  return found;
}

/** `systemctl is-active X Y` answers with one word a line, in order. */
export function readIsActive(output: string, asked: readonly string[]): ServiceLine[] {
  const words = output.trim().split('\n');
  if (words.length !== asked.length) return [];
  return asked.flatMap((name, index) => {
    const word = words[index]?.trim() ?? '';
    return /^(?:active|inactive|failed)$/.test(word)
      ? [{ name: serviceName(name), running: word === 'active' }]
      : [];
  });
}

/** `sshd` is the program of the service `ssh`. */
export function sameService(a: string, b: string): boolean {
  const [first, second] = [serviceName(a), serviceName(b)];
  return first === second || `${first}d` === second || first === `${second}d`;
}

export function serviceName(name: string): string {
  return name.replace(/\.service$/, '');
}

const STARTS: ReadonlySet<string> = new Set(['start', 'restart', 'force-reload', 'try-restart']);
const STOPS: ReadonlySet<string> = new Set(['stop', 'kill', 'quit', 'mask', 'down']);

/** What an action on a service leaves: running, not running, or as it was. */
export function leavesRunning(action: string): boolean | undefined {
  if (STARTS.has(action)) return true;
  return STOPS.has(action) ? false : undefined;
}

/** Words of a manager that could not do what it was asked. */
export const SERVICE_FAILED =
  /System has not been booted with systemd|Failed to (?:start|stop|restart|connect|get|enable)|unrecognized service|Unit \S+ (?:could not be found|not found|not loaded)|Job for \S+ failed|\.\.\.fail!|\[fail\]|\bfailed!|command not found|bind\(\) to \S+ failed|Address already in use|\[emerg\]|not permitted|[Pp]ermission denied/;

/** Programs that are a service themselves when they are started. */
export const DAEMONS: ReadonlySet<string> = new Set(
  'sshd vsftpd dropbear cron crond rsyslogd named dnsmasq squid haproxy mongod mysqld mysqld_safe mariadbd postgres redis-server memcached rabbitmq-server etcd consul vault influxd grafana-server prometheus elasticsearch dockerd containerd slapd smbd nmbd fcgiwrap php-fpm supervisord caddy traefik'.split(
    ' ',
  ),
);

/** What a line shows of a port. */
export interface PortLine {
  readonly port: number;
  readonly open: boolean;
  /** Name of the program that listens, where the line has it. */
  readonly owner?: string;
  readonly pid?: number;
}

/** `ss -tlnp`: state, queues, local address, peer, and with rights the program. */
const SS =
  /^(?:tcp +|udp +)?(?:LISTEN|UNCONN) +\d+ +\d+ +(?:\S*[:\]])?(\d{1,5}) +\S+(?: +users:\(\("([^"]{1,60})",pid=(\d+))?/;
/** `netstat -tlnp`. */
const NETSTAT = /^tcp6? +\d+ +\d+ +\S*:(\d{1,5}) +\S+ +LISTEN(?: +(?:-|(\d+)\/(\S+)))?/;
/** `lsof -i`. */
const LSOF = /^(\S{1,30}) +(\d+) +\S+ +\S+ +IPv[46] .{0,80}?:(\d{1,5}) \(LISTEN\)$/;
/** `docker ps`: published ports of a running container. */
const DOCKER = /(?:0\.0\.0\.0|\[::\]|127\.0\.0\.1|::):(\d{1,5})->\d+\/tcp/;
/** Words of a server about itself. */
const LISTENING =
  /(?:^|\W)(?:[Ll]istening|LISTENING|[Ss]erving(?: HTTP)?|[Rr]unning|[Ss]tarted|is up)\b.{0,60}?(?:\bport:? ?|(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::\]?|\*):)(\d{2,5})\b|^\s*➜\s+Local:\s+http:\/\/localhost:(\d{2,5})/;
/** What a client got: the connection itself, or the word that there is none. */
const CONNECTED = /^\* Connected to (?:localhost|127\.0\.0\.1) \(\S+\) port (\d{1,5})/;
const REFUSED =
  /(?:Failed to connect to|connect to) (?:localhost|127\.0\.0\.1|::1)(?: \(\S+\))? port (\d{1,5})\b.{0,80}(?:refused|Could not connect|Couldn't connect|after \d+ ms)|connect to localhost:(\d{1,5}): Connection refused/;

const TELLS =
  /LISTEN|UNCONN|->|[Ll]istening|[Ss]erving|[Rr]unning|[Ss]tarted|is up|Local:|Connected to|onnect to/;
const MOST = 200;

/**
 * Ports that an output shows open or closed. `listings`: rows of `ss`, `netstat`, `lsof` and `docker ps` count;
 * `servers`: what a server says of itself counts.
 */
export function readPortLines(
  output: string,
  counts: { readonly listings: boolean; readonly servers: boolean },
): PortLine[] {
  if (!TELLS.test(output)) return [];
  const found: PortLine[] = [];
  for (const raw of output.split('\n')) {
    if (raw.length > 600 || found.length >= MOST || !TELLS.test(raw)) continue;
    const line = raw.trimEnd();
    const read =
      (counts.listings ? readListing(line) : undefined) ??
      (counts.servers ? open(LISTENING.exec(line)) : undefined) ??
      open(CONNECTED.exec(line)) ??
      closed(REFUSED.exec(line));
    if (read && read.port > 0 && read.port < 65_536) found.push(read);
  }
  return found;
}

function readListing(line: string): PortLine | undefined {
  const ss = SS.exec(line);
  if (ss) return listed(ss[1], ss[2], ss[3]);
  const netstat = NETSTAT.exec(line);
  if (netstat) return listed(netstat[1], netstat[3], netstat[2]);
  const lsof = LSOF.exec(line);
  if (lsof) return listed(lsof[3], lsof[1], lsof[2]);
  const docker = DOCKER.exec(line);
  return docker ? listed(docker[1], 'docker', undefined) : undefined;
}

function listed(port: string | undefined, owner: string | undefined, pid: string | undefined): PortLine {
  return {
    port: Number(port),
    open: true,
    ...(owner !== undefined && { owner: owner.replace(/:$/, '') }),
    ...(pid !== undefined && { pid: Number(pid) }),
  };
}

function open(found: RegExpExecArray | null): PortLine | undefined {
  const port = found?.[1] ?? found?.[2];
  return port === undefined ? undefined : { port: Number(port), open: true };
}

function closed(found: RegExpExecArray | null): PortLine | undefined {
  const port = found?.[1] ?? found?.[2];
  return port === undefined ? undefined : { port: Number(port), open: false };
}

/** Servers whose port the command line names, and the port that they take when it names none. */
const SERVERS: readonly { readonly command: RegExp; readonly usual?: number }[] = [
  { command: /\bhttp\.server\b(?:\s+(\d{2,5})\b)?/, usual: 8000 },
  { command: /\bflask\b.*?\brun\b(?:.*?(?:--port|-p)[ =](\d{2,5})\b)?/, usual: 5000 },
  {
    command: /\b(?:uvicorn|hypercorn|daphne)\b(?:.*?(?:--port|-p|--bind \S+:)[ =]?(\d{2,5})\b)?/,
    usual: 8000,
  },
  { command: /\bgunicorn\b(?:.*?(?:-b|--bind)[ =]\S*?:(\d{2,5})\b)?/, usual: 8000 },
  { command: /\bredis-server\b(?:.*?--port (\d{2,5})\b)?/, usual: 6379 },
  { command: /\bmanage\.py runserver\b(?:\s+(?:\S+:)?(\d{2,5})\b)?/, usual: 8000 },
  { command: /\bphp\b.*? -S \S+?:(\d{2,5})\b/ },
  { command: /\bdocker run\b.*? (?:-p|--publish)[ =](?:[\d.]+:)?(\d{2,5}):\d+/ },
  { command: /\bwebsockify\b.*? (\d{2,5}) \S+:\d+/ },
  { command: /\bnc\b.*? -\w*l\w*(?: -p)? (\d{2,5})\b/ },
  { command: /\bjupyter[ -](?:notebook|lab|server)\b.*?--port[ =](\d{2,5})\b/ },
];

/** The port that a server's command asks for. */
export function portOfCommand(command: string): number | undefined {
  const text = command.slice(0, 2000);
  for (const server of SERVERS) {
    const found = server.command.exec(text);
    if (found) return found[1] === undefined ? server.usual : Number(found[1]);
  }
  return undefined;
}

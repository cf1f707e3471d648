import { type Files, fixtureFile, fixtureFiles } from './pack.ts';

/** An archive of one documented layout, the steps that the benchmark counts in it, and quotes of some of them. */
export interface LayoutCase {
  readonly name: string;
  readonly files: Files;
  readonly steps: number;
  readonly quotes: readonly { readonly step: number; readonly path: string; readonly content: string }[];
}

const RESULTS = JSON.stringify({ task_id: 'greet', instruction: 'Mend the greeting.', is_resolved: false });

/** The file's lines that hold the text: what a manifest quotes. */
function quoteOf(step: number, path: string, file: Buffer, text: string): LayoutCase['quotes'][number] {
  const content = file
    .toString()
    .split('\n')
    .find((line) => line.includes(text));
  if (content === undefined) throw new Error(`${path} does not hold ${text}`);
  return { step, path: `traj/greet/${path}`, content };
}

export async function listLayouts(): Promise<LayoutCase[]> {
  const traj = await fixtureFile('mini-swe-agent/v1-submitted/acme__ledger-7.traj.json');
  const log = await fixtureFile('mini-swe-agent-log/v1/agent.log');
  const events = await fixtureFiles('openhands-events/benchmark');
  const sweAgent = await fixtureFiles('swe-agent/v1-tools');
  const terminus = await fixtureFiles('terminus-2/json-run');
  const response = terminus['agent-logs/episode-0/response.txt'] ?? Buffer.alloc(0);
  return [
    {
      name: 'mini-SWE-agent, terminal task',
      files: {
        'results.json': RESULTS,
        'commands.txt': 'mini\n',
        'agent-logs/mini.traj.json': traj,
        'sessions/agent.log': log,
      },
      steps: 5,
      quotes: [{ step: 2, path: 'agent-logs/mini.traj.json', content: messageWith(traj, 2) }],
    },
    {
      name: 'mini-SWE-agent, terminal task without its trajectory',
      files: { 'results.json': RESULTS, 'commands.txt': 'mini\n', 'sessions/agent.log': log },
      steps: 3,
      quotes: [],
    },
    { name: 'mini-SWE-agent, SWE task', files: { 'acme__ledger-7.traj.json': traj }, steps: 5, quotes: [] },
    {
      name: 'OpenHands, terminal task, events',
      files: { 'results.json': RESULTS, ...events },
      steps: 8,
      quotes: [quoteOf(2, 'sessions/sessions/3f6c/events/5.json', eventOf(events, 5), '"id"')],
    },
    {
      name: 'OpenHands, terminal task, flat',
      files: {
        'results.json': RESULTS,
        'sessions/3f6c.json': await fixtureFile('openhands-events/flat/3f6c.json'),
      },
      steps: 8,
      quotes: [],
    },
    {
      name: 'OpenHands, SWE task',
      files: { ...(await fixtureFiles('openhands-completions/condensed')), 'openhands_output.json': '{}' },
      steps: 4,
      quotes: [],
    },
    {
      name: 'Terminus 2',
      files: { 'results.json': RESULTS, 'commands.txt': 'ls\n', ...terminus },
      steps: 5,
      quotes: [{ step: 1, path: 'agent-logs/episode-0/response.txt', content: response.toString() }],
    },
    {
      name: 'SWE-agent',
      files: {
        ...sweAgent,
        'acme__ledger-7.patch': '',
        'report.json': JSON.stringify({ 'acme__ledger-7': { resolved: false } }),
      },
      steps: 3,
      quotes: [],
    },
  ];
}

/** The message of the n-th bash block, pretty-printed as it stands in a trajectory's lines. */
function messageWith(traj: Buffer, nth: number): string {
  const { messages }: { messages: { role: string; content: string }[] } = JSON.parse(traj.toString());
  const acting = messages.filter(({ role, content }) => role === 'assistant' && content.includes('```bash'));
  return JSON.stringify(acting[nth - 1], undefined, 2);
}

function eventOf(files: Readonly<Record<string, Buffer>>, id: number): Buffer {
  return files[`sessions/sessions/3f6c/events/${id}.json`] ?? Buffer.alloc(0);
}

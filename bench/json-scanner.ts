/**
 * How fast large JSON documents are read, and in how much memory: `npx tsx bench/json-scanner.ts [megabytes]`.
 * Generates a trajectory-like document in the system's temporary folder, then reads it in separate processes, so
 * that each line's peak of memory is its own: by JSON.parse (the baseline), by our reader whole and element by element,
 * and the same records as JSON lines.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { openDiskReader } from '../src/io/open-reader.ts';
import { openFileWriter } from '../src/io/write.ts';

const MEGA = 1_000_000;

interface Measure {
  readonly seconds: number;
  /** Of the processor, all threads: steadier than the clock on a busy machine. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  readonly records: number;
}

const readers: Record<string, (path: string) => Promise<number>> = {
  'JSON.parse of the whole': async (path) => {
    const document: { messages: unknown[] } = JSON.parse(readFileSync(path, 'utf8'));
    return document.messages.length;
  },
  'reader, whole': (path) => countElements(path, Number.MAX_SAFE_INTEGER),
  'reader, by element': (path) => countElements(path, 0),
  'JSON.parse of split lines': async (path) => {
    let records = 0;
    for (const line of readFileSync(path, 'utf8').split('\n'))
      if (line !== '' && JSON.parse(line)) records += 1;
    return records;
  },
  'reader, lines + JSON.parse': async (path) => {
    const reader = await openDiskReader(dirname(path));
    let records = 0;
    for await (const batch of reader.lines(basename(path))) {
      for (const { text } of batch) if (JSON.parse(text)) records += 1;
    }
    return records;
  },
};

async function countElements(path: string, wholeJsonBytes: number): Promise<number> {
  const reader = await openDiskReader(dirname(path), { limits: { wholeJsonBytes } });
  const document = await reader.json(basename(path), ['messages']);
  let records = 0;
  for await (const batch of document?.elements('messages') ?? []) records += batch.length;
  return records;
}

/** About 2.5 KB: prose, code with escapes, a few numbers. */
function makeRecord(index: number): string {
  const output = Array.from(
    { length: 24 },
    (_, line) => `  File "/app/module_${(index + line) % 97}.py", line ${line * 7}`,
  );
  return JSON.stringify({
    role: index % 2 === 0 ? 'assistant' : 'user',
    content: `Step ${index}: the "value" of \\d+ in C:\\temp\n${output.join('\n')}\n${'x'.repeat(900)}`,
    extra: { returncode: index % 3, timestamp: 1_700_000_000 + index, tags: ['a', 'b', null] },
  });
}

async function generate(folder: string, megabytes: number): Promise<{ json: string; lines: string }> {
  const json = join(folder, 'run.json');
  const lines = join(folder, 'run.jsonl');
  const [jsonWriter, lineWriter] = [await openFileWriter(json), await openFileWriter(lines)];
  await jsonWriter.write('{"info":{"exit_status":"Submitted"},"messages":[');
  for (let index = 0, bytes = 0; bytes < megabytes * MEGA; index++) {
    const record = makeRecord(index);
    bytes += record.length + 2;
    await jsonWriter.write(index === 0 ? record : `, ${record}`);
    await lineWriter.write(`${record}\n`);
  }
  await jsonWriter.write('],"trajectory_format":"bench-1"}');
  await jsonWriter.close();
  await lineWriter.close();
  return { json, lines };
}

async function measure(name: string, path: string): Promise<Measure> {
  const read = readers[name];
  if (!read) throw new Error(`no reader ${name}`);
  const started = performance.now();
  const startedCpu = process.cpuUsage();
  const records = await read(path);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(startedCpu);
  return {
    seconds,
    cpuSeconds: (user + system) / MEGA,
    records,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

function report(name: string, path: string): void {
  const args = [...process.execArgv, import.meta.filename, 'measure', name, path];
  const { status, stdout, stderr } = spawnSync(process.execPath, args);
  if (status !== 0) {
    const reason = /^\w*Error.*$/m.exec(stderr.toString())?.[0] ?? `exit ${status}`;
    console.log(`${name.padEnd(30)}  fails: ${reason}`);
    return;
  }
  const { seconds, cpuSeconds, peakBytes, records }: Measure = JSON.parse(stdout.toString());
  const size = statSync(path).size / MEGA;
  const cpuRate = `${(size / cpuSeconds).toFixed(0)} MB/CPU s`;
  const columns = [
    `${(size / seconds).toFixed(0)} MB/s`,
    cpuRate,
    `${(peakBytes / MEGA).toFixed(0)} MB peak`,
    `${records} records`,
  ];
  console.log(name.padEnd(30) + columns.map((column) => column.padStart(16)).join(''));
}

async function main(): Promise<void> {
  const [mode, name, path] = process.argv.slice(2);
  if (mode === 'measure' && name !== undefined && path !== undefined) {
    console.log(JSON.stringify(await measure(name, path)));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'codetracer-bench-'));
  try {
    const { json, lines } = await generate(folder, Number(mode ?? 200));
    console.log(`${(statSync(json).size / MEGA).toFixed(0)} MB, Node ${process.version}`);
    for (const key of Object.keys(readers)) report(key, key.includes('lines') ? lines : json);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();

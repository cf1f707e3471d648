import { closeSync, openSync, writeSync } from 'node:fs';

/** Kinds of large artifacts that the benches make up. */
export const LARGE_KINDS = ['claude-code-session', 'mini-swe-agent'] as const;
export type LargeKind = (typeof LARGE_KINDS)[number];

/** Writes one run of at least so many bytes: a session of lines, or one JSON document with one large array. */
export function writeLarge(path: string, kind: LargeKind, bytes: number): void {
  const descriptor = openSync(path, 'w');
  let written = 0;
  let waiting = '';
  const put = (text: string): void => {
    waiting += text;
    if (waiting.length < 1_000_000) return;
    written += writeSync(descriptor, waiting);
    waiting = '';
  };
  const isFull = (): boolean => written >= bytes;
  if (kind === 'mini-swe-agent') writeDocument(put, isFull);
  else writeSession(put, isFull);
  writeSync(descriptor, waiting);
  closeSync(descriptor);
}

function writeDocument(put: (text: string) => void, isFull: () => boolean): void {
  const message = (role: string, content: string): string => JSON.stringify({ role, content });
  put('{"trajectory_format":"mini-swe-agent-1","info":{"exit_status":"Submitted","submission":"",');
  put(`"mini_version":"1.15.0"},"messages":[${message('system', 'You are a helpful assistant.')}`);
  put(`,${message('user', '<pr_description>\nMake src/module_1.py right.\n</pr_description>')}`);
  for (let step = 1; !isFull(); step++) {
    put(`,${message('assistant', `THOUGHT: step ${step}.\n\n\`\`\`bash\n${makeAction(step)}\n\`\`\``)}`);
    put(`,${message('user', `<returncode>0</returncode>\n<output>\n${makeOutput(step)}</output>`)}`);
  }
  put(']}');
}

function writeSession(put: (text: string) => void, isFull: () => boolean): void {
  let parentUuid: string | null = null;
  const line = (step: number, type: string, message: object, more: object = {}): void => {
    const uuid = `${type}-${step}`;
    const timestamp = new Date(1_700_000_000_000 + step * 1000).toISOString();
    const envelope = {
      parentUuid,
      isSidechain: false,
      cwd: '/work',
      sessionId: 'a-session',
      version: '2.0.29',
    };
    put(`${JSON.stringify({ ...envelope, type, uuid, timestamp, message, ...more })}\n`);
    parentUuid = uuid;
  };
  line(0, 'user', { role: 'user', content: 'Make src/module_1.py right.' });
  for (let step = 1; !isFull(); step++) {
    const id = `call-${step}`;
    const call = { type: 'tool_use', id, name: 'Bash', input: { command: makeAction(step) } };
    const usage = { input_tokens: 10, cache_read_input_tokens: 1000, output_tokens: 100 };
    const content = [{ type: 'text', text: `Step ${step}.` }, call];
    line(step, 'assistant', { id: `message-${step}`, role: 'assistant', model: 'a-model', content, usage });
    const output = makeOutput(step);
    const result = [{ type: 'tool_result', tool_use_id: id, content: output }];
    const toolUseResult = { stdout: output, stderr: '', interrupted: false };
    line(step, 'user', { role: 'user', content: result }, { toolUseResult });
  }
}

/** Half a kilobyte; two of five change a file. */
export function makeAction(step: number): string {
  const file = `src/module_${step % 200}.py`;
  const body = Array.from(
    { length: 12 },
    (_, line) => `value_${line} = ${step * 31 + line * 7}  # line ${line}`,
  ).join('\n');
  if (step % 5 < 2) return `cat > ${file} <<'EOF'\n${body}\nEOF`;
  return `grep -n "value_${step % 12}" ${file} | head -20 && sed -n '1,40p' ${file} # ${'x'.repeat(380)}`;
}

/** Two kilobytes. */
export function makeOutput(step: number): string {
  return Array.from({ length: 40 }, (_, line) => `${line}: some output of step ${step}, row ${line * step}`)
    .join('\n')
    .slice(0, 2000);
}

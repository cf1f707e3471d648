/** An invented Inspect log: one sample that delegates, one that fails; and the same in the style before spans. */

const at = (second: number): string => `2026-02-03T10:00:${String(second).padStart(2, '0')}+00:00`;
const LONG = `Mend the parser in ${'src/deep/'.repeat(12)}parser.py so that empty input gives an empty list.`;

const answer = (id: string, content: unknown, calls: readonly unknown[] = []): object => ({
  model: 'acme/large',
  choices: [
    {
      message: {
        id,
        role: 'assistant',
        source: 'generate',
        content,
        ...(calls.length > 0 && { tool_calls: calls }),
      },
      stop_reason: calls.length > 0 ? 'tool_calls' : 'stop',
    },
  ],
  usage: { input_tokens: 100, output_tokens: 20, total_tokens: 170, input_tokens_cache_read: 50 },
});
const call = (id: string, name: string, args: object): object => ({
  id,
  function: name,
  arguments: args,
  type: 'function',
});
const model = (span: string, second: number, input: object, output: object): object => ({
  event: 'model',
  span_id: span,
  timestamp: at(second),
  model: 'acme/large',
  ...input,
  output,
});
const span = (
  id: string,
  parent: string | undefined,
  type: string,
  name: string,
  second: number,
): object => ({
  event: 'span_begin',
  id,
  span_id: id,
  ...(parent !== undefined && { parent_id: parent }),
  type,
  name,
  timestamp: at(second),
});

export const HEADER = {
  version: 2,
  status: 'success',
  eval: {
    task: 'mend',
    model: 'acme/large',
    run_id: 'r1',
    packages: { inspect_ai: '0.3.200' },
  },
  plan: { name: 'plan', steps: [{ solver: 'system_message' }, { solver: 'react' }] },
};

const SYSTEM = { id: 'm0', role: 'system', content: 'You mend code.' };
const USER = { id: 'm1', role: 'user', source: 'input', content: 'attachment://a1' };
const FIRST = {
  id: 'm2',
  role: 'assistant',
  content: [
    { type: 'reasoning', reasoning: 'Two things can run at once.' },
    { type: 'text', text: 'I look and delegate.' },
  ],
};
const LISTED = { id: 'm3', role: 'tool', tool_call_id: 'c1', function: 'bash', content: 'parser.py\n' };
const REPORTED = {
  id: 'm4',
  role: 'tool',
  tool_call_id: 'c2',
  function: 'reviewer',
  content: 'Line 3 is wrong.',
};
const FAILED = {
  id: 'm6',
  role: 'tool',
  tool_call_id: 'c1',
  function: 'bash',
  content: 'collected 1 item',
  error: { type: 'timeout', message: 'Command timed out before completing.' },
};

/** The main agent looks and delegates at once; the reviewer's call id is one of the main agent's too. */
export const DELEGATING = {
  id: 'parser',
  epoch: 1,
  input: 'attachment://a1',
  target: 'ok',
  messages: [
    SYSTEM,
    USER,
    FIRST,
    LISTED,
    REPORTED,
    { id: 'm5', role: 'assistant', content: 'I test.' },
    FAILED,
    { id: 'm7', role: 'user', content: 'Please go on.' },
    { id: 'm8', role: 'assistant', content: 'The parser is mended.' },
  ],
  output: { model: 'acme/large', completion: 'The parser is mended.' },
  scores: {
    tests: { value: 'C', answer: 'ok', explanation: 'all tests pass' },
    style: { value: 0.5 },
  },
  events_data: { messages: [SYSTEM, USER, FIRST, LISTED, REPORTED], calls: [] },
  events: [
    span('s0', undefined, 'solvers', 'solvers', 1),
    span('s1', 's0', 'agent', 'react', 1),
    model(
      's1',
      2,
      { input_refs: [[0, 2]], input: [] },
      answer('m2', FIRST.content, [
        call('c1', 'bash', { cmd: 'ls' }),
        call('c2', 'reviewer', { input: 'Review parser.py' }),
      ]),
    ),
    span('t1', 's1', 'tool', 'bash', 3),
    {
      event: 'tool',
      span_id: 's1',
      id: 'c1',
      function: 'bash',
      arguments: { cmd: 'ls' },
      result: 'parser.py\n',
      timestamp: at(3),
      completed: at(4),
    },
    {
      event: 'sandbox',
      span_id: 't1',
      action: 'exec',
      cmd: "bash -c 'ls'",
      result: 0,
      output: 'parser.py\n',
      timestamp: at(3),
    },
    span('t2', 's1', 'tool', 'reviewer', 4),
    {
      event: 'tool',
      span_id: 's1',
      id: 'c2',
      function: 'reviewer',
      arguments: { input: 'Review parser.py' },
      result: 'Line 3 is wrong.',
      timestamp: at(4),
      completed: at(9),
    },
    span('g1', 't2', 'agent', 'reviewer', 5),
    model(
      'g1',
      5,
      { input: [{ id: 'r0', role: 'user', content: 'Review parser.py' }] },
      answer('r1', 'I read it.', [call('c1', 'read_file', { path: 'parser.py' })]),
    ),
    span('t3', 'g1', 'tool', 'read_file', 6),
    {
      event: 'tool',
      span_id: 'g1',
      id: 'c1',
      function: 'read_file',
      arguments: { path: 'parser.py' },
      result: [
        { type: 'text', text: 'attachment://a2' },
        { type: 'image', image: 'attachment://a3' },
      ],
      timestamp: at(6),
      completed: at(7),
    },
    model('g1', 8, { input: [] }, answer('r2', 'Line 3 is wrong.')),
    model('s1', 10, { input_refs: [[0, 5]], input: [], error: 'RateLimitError: slow down' }, {}),
    model(
      's1',
      11,
      { input_refs: [[0, 5]], input: [] },
      answer('m5', 'I test.', [call('c1', 'bash', { cmd: 'pytest' })]),
    ),
    span('t4', 's1', 'tool', 'bash', 12),
    {
      event: 'tool',
      span_id: 's1',
      id: 'c1',
      function: 'bash',
      arguments: { cmd: 'pytest' },
      result: 'collected 1 item',
      error: FAILED.error,
      timestamp: at(12),
      completed: at(20),
    },
    {
      event: 'sandbox',
      span_id: 't4',
      action: 'exec',
      cmd: 'pytest',
      result: 124,
      output: 'collected 1 item\ntests/test_parser.py ',
      timestamp: at(12),
    },
    model(
      's1',
      21,
      { input: [{ id: 'm7', role: 'user', content: 'Please go on.' }] },
      answer('m8', 'The parser is mended.'),
    ),
    span('s2', undefined, 'scorers', 'scorers', 22),
    model(
      's2',
      22,
      { input: [{ role: 'user', content: 'Grade it.' }] },
      answer('x1', 'Grade: C', [call('z', 'grade', {})]),
    ),
  ],
  attachments: { a1: LONG, a2: 'def parse(text):\n    return [1]\n', a3: 'data:image/png;base64,AAAA' },
};

/** Stopped by a limit with a call under way; an earlier attempt at the sample failed. */
export const LIMITED = {
  id: 'parser',
  epoch: 2,
  input: [{ role: 'user', content: 'Mend it.' }],
  messages: [{ role: 'user', content: 'Mend it.' }],
  output: { model: 'acme/large' },
  scores: { tests: { value: 'I' } },
  error_retries: [{ message: 'the container did not start' }],
  limit: { type: 'time', limit: 60 },
  events: [
    model(
      '',
      30,
      { input: [{ role: 'user', content: 'Mend it.' }] },
      answer('n1', 'I search the web.', [call('k1', 'bash', { cmd: 'sleep 100' })]),
    ),
    {
      event: 'sample_limit',
      type: 'time',
      message: 'Exceeded the time limit of 60 seconds',
      limit: 60,
      timestamp: at(59),
    },
  ],
};

/** The style before spans: a tool's event holds the events of the agent that it started; messages have no ids. */
export const EARLY = {
  ...HEADER,
  samples: [
    {
      id: 7,
      epoch: 1,
      input: 'Count the files.',
      messages: [],
      output: { choices: [] },
      score: { value: 'I' },
      events: [
        { event: 'step', action: 'begin', type: 'solver', name: 'basic_agent' },
        model(
          '',
          1,
          { input: [{ role: 'user', content: 'Count the files.' }] },
          answer('', 'I ask.', [call('c1', 'counter', { path: '.' })]),
        ),
        {
          event: 'tool',
          id: 'c1',
          function: 'counter',
          arguments: { path: '.' },
          result: 'There are 3.',
          events: [
            model(
              '',
              2,
              { input: [{ role: 'user', content: 'Count in .' }] },
              answer('', 'I list.', [call('c1', 'bash', { cmd: 'ls | wc -l' })]),
            ),
            {
              event: 'tool',
              id: 'c1',
              function: 'bash',
              arguments: { cmd: 'ls | wc -l' },
              result: '3\n',
              events: [{ event: 'sandbox', action: 'exec', cmd: 'ls | wc -l', result: 0, output: '3\n' }],
            },
          ],
        },
        ...['Go on.', 'Go on.'].map((content, index) =>
          model(
            '',
            3 + index,
            {
              input: [
                { role: 'user', content: 'Count the files.' },
                ...Array.from({ length: index + 1 }, () => ({ role: 'user', content })),
              ],
            },
            answer('', index === 0 ? 'Three.' : 'Three files.'),
          ),
        ),
        { event: 'step', action: 'end', type: 'solver', name: 'basic_agent' },
        { event: 'step', action: 'begin', type: 'scorer', name: 'grader' },
        model('', 9, { input: [] }, answer('', 'Grade: I')),
        { event: 'step', action: 'end', type: 'scorer', name: 'grader' },
      ],
    },
    {
      id: 8,
      epoch: 1,
      input: 'No events at all.',
      messages: [
        { role: 'user', content: 'No events at all.' },
        { role: 'assistant', content: 'I look.', tool_calls: [call('a', 'bash', { cmd: 'pwd' })] },
        { role: 'tool', tool_call_id: 'a', content: '/work\n' },
        { role: 'user', content: 'Go on.' },
        { role: 'assistant', content: 'I look.', tool_calls: [call('a', 'bash', { cmd: 'id' })] },
        { role: 'tool', tool_call_id: 'a', content: 'root\n' },
        { role: 'user', content: 'Go on.' },
        { role: 'assistant', content: 'Done.' },
      ],
      error: { message: 'APIConnectionError: connection reset', traceback: '' },
    },
  ],
};

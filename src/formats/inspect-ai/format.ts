import type { Format } from '../format.ts';
import { detectInspect } from './detect.ts';
import { extractInspect } from './extract.ts';

export const inspectAiFormat: Format = {
  id: 'inspect-ai',
  title: 'Inspect: `.eval` archives and `.json` logs, one run per sample and epoch',
  units: ['file'],
  answers: {
    task: 'always',
    outcome: 'always',
    tests: 'never',
    thoughts: 'always',
    tokens: 'always',
    cost: 'sometimes',
    time: 'always',
    'exit-status': 'sometimes',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'always',
    'parallel-calls': 'always',
    'sub-agents': 'always',
  },
  leavesOut: [
    { path: 'event=state:**', why: 'differences of the whole state; each event tells its part' },
    { path: 'event=store:**', why: 'differences of values that solvers and tools keep' },
    { path: 'event=logger:**', why: 'log lines of the harness' },
    { path: 'event=span_end:**', why: 'the beginning of a span says what belongs to it' },
    { path: 'event=step:**', why: 'phases of the harness' },
    { path: 'event=sample_init:**', why: 'repeats the sample' },
    { path: 'event=score:**', why: 'the sample holds the final scores' },
    { path: 'event=model:call.**', why: 'the request and answer as sent; input and output hold the same' },
    { path: 'event=model:tools.**', why: 'descriptions of the tools' },
    { path: 'event=model:config.**', why: 'settings of the model' },
    { path: 'event=model:traceback', why: 'where in the harness a failed attempt stopped' },
    { path: 'event=model:traceback_ansi', why: 'the same with colours' },
    { path: 'event=tool:view.**', why: 'the call again, made for people' },
    { path: 'event=input:input_ansi', why: 'the same text with colours' },
  ],
  detect: detectInspect,
  extract: extractInspect,
};

import { describe, expect, it } from 'vitest';
import { analyze } from '../src/app/analyze.ts';
import { renderSteps } from '../src/exchange/render-steps.ts';
import { findStep, findSteps } from '../src/query/find-step.ts';
import { reportRun } from '../src/query/report-run.ts';
import { showState } from '../src/query/show-state.ts';
import { answerWhy } from '../src/query/why/answer-why.ts';
import { renderHtml } from '../src/report/html/render-html.ts';
import { renderTreeText } from '../src/report/tree/render-tree.ts';
import { runFrom } from './support/notation.ts';

const analysis = analyze(
  runFrom(`
    task: make </style><script>alert(1)</script> green
    cwd: /app
    outcome: failed
    1 ~ I write "it" <b>first</b>.
    1 > printf 'one\\ntwo\\n' > a.py
    2 > cd src
    3 @Task {"prompt": "look"}
    done
    3.1 > ls
    b.py
    4 > printf 'key sk-${'Ab3'.repeat(10)}' > /app/b.txt
  `),
);

describe('query', () => {
  it('finds steps by name and by range, with what ran under them', () => {
    expect(findStep(analysis, 'last').step.id).toBe('4');
    expect(findSteps(analysis, '2-3').map(({ step }) => step.id)).toEqual(['2', '3', '3.1']);
    expect(findSteps(analysis, '3-').map(({ step }) => step.id)).toEqual(['3', '3.1', '4']);
    expect(findSteps(analysis, '3.1').map(({ step }) => step.id)).toEqual(['3.1']);
    expect(() => findStep(analysis, '5')).toThrow('there is no step "5"');
  });

  it('shows the directory and the files after a step, and who made them', () => {
    const state = (step: string) => showState(analysis, findStep(analysis, step));
    expect(state('1').cwd?.path).toBe('/app');
    expect(state('2').cwd).toMatchObject({ path: '/app/src', by: 2 });
    expect(state('1').files.map(({ path, by }) => [path, by])).toEqual([['/app/a.py', 1]]);
    expect(state('last').files.map(({ path }) => path)).toContain('/app/b.txt');
  });

  it('says why: files, lines, the directory at a step, and refuses what is unknown', () => {
    expect(answerWhy(analysis, '/app/a.py').links[0]?.step).toBe(1);
    expect(answerWhy(analysis, 'a.py:2@last')).toMatchObject({ links: [{ step: 1 }] });
    expect(answerWhy(analysis, 'cwd@1').answer).toBe('the directory is /app since the start');
    expect(answerWhy(analysis, 'cwd').links[0]?.step).toBe(2);
    for (const target of ['none.py', 'a.py:99', 'test:none', 'error:99', 'package:none'])
      expect(() => answerWhy(analysis, target)).toThrow(target);
  });
});

describe('report', () => {
  it('keeps every text in steps.json, sub-agents below their call', () => {
    const steps = [...renderSteps(analysis.run)];
    expect(steps.map(({ step_id }) => step_id)).toEqual([1, 2, 3, 4]);
    expect(steps[0]?.thinking).toBe('I write "it" <b>first</b>.');
    expect(steps[2]?.subagent_steps).toMatchObject([{ step_id: '3.1', action: 'ls', observation: 'b.py' }]);
  });

  it('indents the tree at branches only', () => {
    const lines = renderTreeText(analysis);
    const lineOf = (id: string) => lines.find((line) => line.trimStart().slice(2).startsWith(`${id} `));
    expect(lineOf('1')).toMatch(/^\* 1 /);
    expect(lineOf('4')).toMatch(/^\* 4 /);
    expect(lineOf('3.1')).toMatch(/^ +[-*] 3\.1 /);
  });

  it('lets no text of the run out of its place in the page, and no secret', () => {
    const page = [...renderHtml(analysis, reportRun(analysis))].join('');
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<b>first');
    expect(page.split('</style>')).toHaveLength(2);
    expect(page).not.toContain('sk-Ab3');
    expect(page).toMatch(/Secrets taken out of this page: \d+ × API key/);
  });
});

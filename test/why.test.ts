import { describe, expect, it } from 'vitest';
import { analyze } from '../src/app/analyze.ts';
import { CodetracerError } from '../src/base/error.ts';
import type { Analysis } from '../src/query/analysis.ts';
import { answerWhy, type WhyOptions } from '../src/query/why/answer-why.ts';
import { runFrom } from './support/notation.ts';

const RUN = analyze(
  runFrom(`
    task: fix calc
    cwd: /app
    outcome: failed
    1 > cat calc.py
    def add(a, b):
        return a - b
    2 > python3 -m pytest tests/test_calc.py -v
    tests/test_calc.py::test_add FAILED
    tests/test_calc.py::test_sub PASSED
    >
    3 > sed -i 's/a - b/a * b/' calc.py
    4 > cp calc.py old.py
    5 > python3 main.py
    Traceback (most recent call last):
      File "/app/main.py", line 3, in <module>
        add(1, 2)
      File "/app/calc.py", line 2, in add
        return a * b
    TypeError: bad operand
    6 > sed -i 's/a [*] b/a + b/' calc.py
    7 > python3 -m pytest tests/test_calc.py -v
    tests/test_calc.py::test_add PASSED
    tests/test_calc.py::test_sub PASSED
    8 > export MODE=fast
    9 > cd src
    10 > cd deep
  `),
);

const ask = (target: string, options?: WhyOptions, analysis: Analysis = RUN) =>
  answerWhy(analysis, target, options);
const chain = (target: string): string[] =>
  ask(target).links.map(({ step, kind, provenance }) => `${step ?? '-'} ${kind} ${provenance}`);

describe('answerWhy', () => {
  it('lays a line to the step that wrote it, with what it had read and the error that named the file', () => {
    const { answer, links } = ask('calc.py:2');
    expect(answer).toMatch(/^step 6 brought in the line "return a \+ b"/);
    expect(links[0]).toMatchObject({ step: 6, kind: 'change', depth: 0 });
    const because = links[0]?.because.map((index) => links[index]?.kind);
    expect(because).toEqual(expect.arrayContaining(['read', 'error']));
    const error = links.find(({ kind }) => kind === 'error');
    expect(error).toMatchObject({ step: 5, provenance: 'derived', quote: 'TypeError: bad operand' });
    // The line that the error names was written by step 3.
    expect(error?.because.map((index) => links[index]?.step)).toContain(3);
  });

  it('answers for the version at a step, and follows a copy to its source', () => {
    expect(ask('calc.py:2@3').answer).toMatch(/^step 3 brought in/);
    expect(ask('calc.py:1@3').answer).toMatch(/was there before the run/);
    const copy = ask('old.py:2');
    expect(copy.answer).toMatch(/^step 3 brought in .*, and it was copied by step 4/);
    expect(copy.links.slice(0, 2)).toMatchObject([{ step: 4 }, { step: 3 }]);
  });

  it('groups the lines of a range by who wrote them', () => {
    const { answer, links } = ask('calc.py:1-2');
    expect(answer).toContain('line 1 by what was there before the run, line 2 by step 6');
    expect(links.filter(({ depth }) => depth === 0)).toHaveLength(2);
  });

  it('says when a test changed its result and which change to a file that it imports or names lies between', () => {
    const { answer, links } = ask('test:test_add');
    expect(answer).toContain('passed at step 7');
    expect(answer).toContain('it failed before that, at step 2');
    expect(links[0]).toMatchObject({
      step: 7,
      kind: 'test-result',
      quote: 'tests/test_calc.py::test_add PASSED',
    });
    const changes = links[0]?.because
      .flatMap((index) => links[index] ?? [])
      .filter(({ kind }) => kind === 'change');
    expect(changes?.map(({ step }) => step)).toContain(6);
  });

  it('tells of an error where it was shown, who wrote the line that it names, and what resolved it', () => {
    const { links, answer } = ask('error:1');
    expect(answer).toContain('step 5 showed "TypeError: bad operand"');
    expect(links.map(({ step }) => step)).toContain(3);
  });

  it('follows directories and variables', () => {
    expect(chain('cwd')).toEqual(['10 directory derived', '9 directory derived', '- origin recorded']);
    expect(ask('env:MODE').answer).toBe('MODE is "fast" since step 8');
  });

  it('says what a step used and what came of it', () => {
    const { answer, later } = ask('step:3');
    expect(answer).toMatch(/^step 3 .* depend on it$/);
    expect(later.map(({ step, kind }) => `${step} ${kind}`)).toEqual(
      expect.arrayContaining(['5 check', '5 error', '6 use']),
    );
    expect(ask('step:4').answer).toContain('uses what step 3 made');
    const positions = later.map(({ step }) => Number(step));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });

  it('stops at the bound and says how much is left', () => {
    const short = ask('calc.py:2', { most: 2 });
    expect(short.links).toHaveLength(2);
    expect(short.more).toBeGreaterThan(0);
    expect(ask('calc.py:2', { most: 50 }).more).toBe(0);
  });

  it('gives the same answer each time', () => expect(ask('outcome')).toEqual(ask('outcome')));

  it.each<[string, string, RegExp]>([
    ['a file that was not touched', 'none.py', /not known to have touched/],
    ['a line that is not there', 'calc.py:9', /has 2 lines/],
    ['line 0', 'calc.py:0', /lines count from 1/],
    ['a range that goes down', 'calc.py:2-1', /a range goes up/],
    ['a file before it was touched', 'old.py@1', /did not touch it up to/],
    ['a test by a part of several names', 'test:test_', /2 tests fit/],
    ['no such test', 'test:none', /no result of that test/],
    ['no such error', 'error:77', /errors go from 1 to/],
    ['an error that is no number', 'error:x', /errors go from 1 to/],
    ['no such package', 'package:left-pad', /no step is known to have installed/],
    ['no such variable', 'env:NONE', /no step is known to have exported/],
    ['no such process', 'process:x', /no such process/],
    ['no such port', 'port:1', /nothing is known of that port/],
    ['nothing', '', /names nothing/],
    ['no such step', 'step:99', /there is no step "99"/],
  ])('refuses %s', (_name, target, message) => {
    expect(() => ask(target)).toThrow(CodetracerError);
    expect(() => ask(target)).toThrow(message);
  });

  it('names the candidates of what is ambiguous', () => {
    const twins = analyze(
      runFrom(`
        cwd: /app
        1 > echo 1 > one/a.py
        2 > echo 2 > two/a.py
      `),
    );
    const refused = (target: string): CodetracerError => {
      try {
        answerWhy(twins, target);
      } catch (error) {
        if (error instanceof CodetracerError) return error;
      }
      throw new Error('it was not refused');
    };
    expect(refused('a.py').hint).toBe('did you mean /app/one/a.py, /app/two/a.py?');
    expect(answerWhy(twins, 'one/a.py').links[0]?.step).toBe(1);
  });

  it('does not claim an origin where the content before is not known', () => {
    const hidden = analyze(
      runFrom(`
        cwd: /app
        1 > sed -i 's/x/y/' a.txt
        2 > cat a.txt
        y
        z
      `),
    );
    const { answer, links } = answerWhy(hidden, 'a.txt:2');
    expect(answer).toContain('it may be older');
    expect(links[0]).toMatchObject({ provenance: 'assumed' });
  });
});

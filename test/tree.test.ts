import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../src/app/analyze.ts';
import { documentTree } from '../src/query/tree/document-tree.ts';
import { estimateTokens } from '../src/query/tree/estimate-tokens.ts';
import { selectTree } from '../src/query/tree/select-tree.ts';
import { treeDocumentSchema } from '../src/query/tree/tree-schemas.ts';
import { lineText } from '../src/report/tree/line-text.ts';
import { renderTree, renderTreeText } from '../src/report/tree/render-tree.ts';
import { runFrom } from './support/notation.ts';

const FIX = `
  task: make the test green
  cwd: /app
  outcome: failed tests/test_a.py::test_b "AssertionError: 1 != 2"
  1 > cat a.py
  one = 1
  2 > cat b.py
  two = 2
  3 > cat c.py
  three = 3
  4 > sed -i 's/one/1/' a.py
  5 ! pytest
  tests/test_a.py::test_b FAILED
  1 failed
  6 > git checkout a.py
  7 @Task {"prompt": "look"}
  done
  7 = helper
  7.1 > echo x > d.py
  8 > sed -i 's/1/2/' a.py
  9 > echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT
`;

const fix = analyze(runFrom(FIX));

/** Steps that the lines show or count, each once. */
function stepsIn(lines: ReturnType<typeof selectTree>): number {
  let steps = 0;
  for (const line of lines) {
    if (line.kind === 'step') steps++;
    else if (line.kind === 'similar') steps += line.steps.length;
    else if (line.kind === 'folded') steps += line.steps;
    else if (line.kind === 'head') steps += line.folded;
    // In the whole form a closed stage counts its own steps.
    else if (line.kind === 'stage' && !line.open && !lines.some((other) => isRest(other)))
      steps += line.counts.steps;
  }
  return steps;
}

function isRest(line: ReturnType<typeof selectTree>[number]): boolean {
  return (line.kind === 'folded' && !line.together) || (line.kind === 'head' && line.folded > 0);
}

describe('the tree for people', () => {
  it('shows alike looks in one line, changes with their lines, ways back, what was undone, and sub-agents', () => {
    const lines = renderTreeText({ ...fix, diagnosis: { ...fix.diagnosis, unuseful: [], incorrect: [] } });
    expect(lines[0]).toMatch(/^# make the test green — outcome failed · .*10 steps, 4 changes/);
    expect(lines.find((line) => line.includes('1–3 3 × read'))).toContain('a.py, b.py, c.py');
    expect(lines.find((line) => line.includes('* 4 '))).toMatch(
      /^ {2}\* 4 .*→ a\.py \+1 −1 \(undone later\)/,
    );
    expect(lines.find((line) => line.includes('* 6 '))).toMatch(
      /^\* 6 .*a\.py restored ↩ back to the state of the start/,
    );
    expect(lines.find((line) => line.includes('7.1'))).toMatch(/^ {2}\* 7\.1 .*⑂ sub-agent helper/);
    expect(lines.find((line) => line.includes('* 8 '))).toMatch(/^\* 8 /);
  });

  it('shows one line per stage, and the steps of the stages that are open', () => {
    const stages = fix.tree.stages.length;
    const closed = renderTreeText(fix, { open: [] });
    expect(closed.filter((line) => line.startsWith('## '))).toHaveLength(stages);
    expect(closed.some((line) => line.startsWith('* '))).toBe(false);
    expect(renderTreeText(fix, { open: ['all'] })).toEqual(renderTreeText(fix));
    const [first] = fix.tree.stages;
    const byKind = renderTreeText(fix, { open: [first?.kind ?? ''] });
    expect(byKind.some((line) => line.includes('1–3'))).toBe(true);
    expect(renderTreeText(fix, { open: ['1'] }).length).toBeLessThanOrEqual(byKind.length);
    expect(() => renderTreeText(fix, { open: ['nonsense'] })).toThrow('there is no stage "nonsense"');
  });

  it('makes a markdown page in which nothing of the run is markup', () => {
    const hostile = analyze(
      runFrom('task: <script>alert(1)</script> *x*\n1 > echo "</details><b>`a` ``b``" > f.py\n2 > cat f.py'),
    );
    const page = [...renderTree(hostile)].join('\n');
    expect(page).toContain('# \\<script\\>alert(1)\\</script\\> \\*x\\*');
    expect(page).toContain('``` echo "</details><b>`a` ``b``" > f.py ```');
    expect(page.match(/^<details/gm)?.length).toBe(page.match(/^<\/details>/gm)?.length);
  });

  it('says what it knows of a run without steps', () => {
    const empty = analyze(runFrom('task: nothing\nexception: timeout the harness gave up'));
    expect(renderTreeText(empty).join('\n')).toContain('the run left no step');
    expect(renderTreeText(empty, { maxLines: 1 })).toHaveLength(1);
    expect(treeDocumentSchema.parse(documentTree(empty)).nodes).toHaveLength(1);
  });

  it('renders a long row of changes without going deep', () => {
    const text = Array.from({ length: 3000 }, (_, i) => `${i + 1} > echo ${i} > f${i % 7}.py`).join('\n');
    const long = analyze(runFrom(text));
    expect(renderTreeText(long).filter((line) => line.startsWith('* '))).toHaveLength(3000);
    expect(renderTreeText(long, { maxLines: 30, focus: '1500' })).toHaveLength(30);
  });
});

describe('the budget', () => {
  it('puts the step in question first, then what surrounds it', () => {
    expect(renderTreeText(fix, { maxLines: 2, focus: '8' })[1]).toMatch(/^\* 8 /);
    const ten = renderTreeText(fix, { maxLines: 10, focus: '8' }).join('\n');
    expect(ten).toMatch(/^\* 8 /m);
    expect(ten).toMatch(/7\.1/);
    expect(() => renderTreeText(fix, { focus: '99' })).toThrow('there is no step "99"');
    expect(() => renderTreeText(fix, { maxLines: 0 })).toThrow('a budget is a whole number');
  });

  it('tells by its first line alone how the run ended and how much is not shown', () => {
    const [only, ...rest] = renderTreeText(fix, { maxLines: 1 });
    expect(rest).toEqual([]);
    expect(only).toContain('outcome failed');
    expect(only).toContain('10 steps not shown');
  });

  it('never exceeds lines or tokens, accounts for every step, and is the same each time', () => {
    const command = fc.oneof(
      fc.constantFrom(
        'cat a.py',
        'cat b.py',
        'grep x lib',
        'pytest',
        'git checkout a.py',
        'pip install x',
        'rm b.py',
      ),
      fc
        .tuple(fc.constantFrom('a', 'b', 'test_c'), fc.integer({ min: 0, max: 3 }))
        .map(([file, value]) => `echo ${value} > ${file}.py`),
    );
    const runs = fc
      .array(fc.record({ command, fails: fc.boolean(), joined: fc.boolean(), nested: fc.boolean() }), {
        maxLength: 40,
      })
      .map((steps) => {
        const lines = ['cwd: /app', 'outcome: failed'];
        let main = 0;
        for (const { command: text, fails, joined, nested } of steps) {
          main++;
          lines.push(`${main}${joined && main > 1 ? '&' : ''} ${fails ? '!' : '>'} ${text}`);
          if (nested) lines.push(`${main}.1 > ${text}`, `${main}.2 > cat z.py`);
        }
        return analyze(runFrom(lines.join('\n')));
      });
    fc.assert(
      fc.property(
        runs,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 900 }),
        (analysis, n, tokens) => {
          const total = analysis.history.records.length;
          const byLines = selectTree(analysis, { maxLines: n }, lineText);
          expect(byLines.length).toBeLessThanOrEqual(n);
          expect(stepsIn(byLines)).toBe(total);
          expect(stepsIn(selectTree(analysis, {}, lineText))).toBe(total);
          const texts = renderTreeText(analysis, { maxTokens: tokens });
          const cost = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
          expect(cost).toBeLessThanOrEqual(tokens);
          expect(renderTreeText(analysis, { maxTokens: tokens })).toEqual(texts);
          expect(selectTree(analysis, { maxLines: n }, lineText)).toEqual(byLines);
          treeDocumentSchema.parse(JSON.parse(JSON.stringify(documentTree(analysis, { maxLines: n }))));
        },
      ),
      { numRuns: 60 },
    );
  });
});

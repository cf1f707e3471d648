import { describe, expect, it } from 'vitest';
import { compareReportSchema } from '../../src/bench/compare-report.ts';
import { scoreReportSchema } from '../../src/bench/score-report.ts';
import { renderBenchReport } from '../../src/report/bench/render-bench-report.ts';
import { checkXml } from '../support/check-xml.ts';
import { madeCompare, madeScore } from '../support/made-score.ts';

const SCORE = madeScore(24);
const OTHERS = SCORE.systems.slice(1).filter(({ kind }) => kind !== 'ceiling');
const COMPARISONS = OTHERS.map(({ name }) => madeCompare('codetracer', name));

describe('renderBenchReport', () => {
  const files = renderBenchReport(SCORE, COMPARISONS, { facts: [['data', 'labels.jsonl | sha256 abc']] });
  const report = files.find(({ path }) => path === 'report.md')?.text ?? '';
  const figures = files.filter(({ path }) => path.endsWith('.svg'));

  it('is tested with reports of the right shape', () => {
    expect(scoreReportSchema.safeParse(SCORE).error).toBeUndefined();
    expect(COMPARISONS.map((one) => compareReportSchema.safeParse(one).success)).not.toContain(false);
  });

  it('shows each figure once, and has no figure that is not shown', () => {
    const shown = [...report.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((match) => match[1]);
    expect(shown).toEqual(figures.map(({ path }) => path));
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown.length).toBeGreaterThan(15);
  });

  it('draws well-formed figures that say what they are and load nothing', () => {
    for (const { path, text } of figures) {
      expect(checkXml(text), path).toEqual([]);
      expect(text, path).toMatch(/<title id="title">[^<]+<\/title>\n<desc id="desc">[^<]+<\/desc>/);
      expect(text, path).not.toMatch(/NaN|Infinity|undefined|href|<script|url\(/);
    }
  });

  it('keeps everything that it draws inside of the figure', () => {
    for (const { path, text } of figures) {
      const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(text) ?? [];
      const xs = [...text.matchAll(/ (?:x|x1|x2|cx)="(-?[\d.]+)"/g)].map((match) => Number(match[1]));
      const ys = [...text.matchAll(/ (?:y|y1|y2|cy)="(-?[\d.]+)"/g)].map((match) => Number(match[1]));
      expect(Math.min(...xs, ...ys), path).toBeGreaterThanOrEqual(0);
      expect(Math.max(...xs), path).toBeLessThanOrEqual(Number(width));
      expect(Math.max(...ys), path).toBeLessThanOrEqual(Number(height));
    }
  });

  it('writes tables whose rows have as many cells as their heads', () => {
    const tables = report.split(/\n\n+/).filter((block) => block.startsWith('|'));
    expect(tables.length).toBeGreaterThan(15);
    for (const table of tables) {
      const counts = table.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length);
      expect(new Set(counts).size, table).toBe(1);
    }
  });

  it('puts value, interval and number of cases of each system beside the best constant rule and chance', () => {
    expect(report).toContain('| exact (n = 100) |');
    expect(report).toContain('| codetracer | codetracer | 0.110 [0.060, 0.160] |');
    expect(report).toContain('Best constant rule: exact: last-step (0.850)');
    expect(report).toContain('By chance: exact: 0.620');
    expect(report).toContain('Left out, for their labels say nothing here: exact: 2');
  });

  it('says differences with sign, interval, p and counts', () => {
    const row = report.split('\n').find((line) => line.startsWith('| first-change | 100 |'));
    // The shift of madeCompare for a name of 12 letters is 0.1.
    expect(row).toBe(
      '| first-change | 100 | 0.500 | 0.400 | +0.100 [0.020, 0.190] | &lt; 0.001 | 30 / 60 / 10 |',
    );
  });

  it('says differences for each data set, beside McNemar’s test where there is one', () => {
    const rows = report.split('\n').filter((line) => line.startsWith('| first-change | made-2 |'));
    expect(rows).toContain(
      '| first-change | made-2 | 100 | 0.500 | 0.400 | +0.100 [0.020, 0.190] | &lt; 0.001 | 0.041 |',
    );
    expect(report).toContain('| first-change | 20 | 15 | 5 | 60 | 0.041 | exact |');
  });

  it('reports verdicts of systems that know the outcome apart', () => {
    const told = {
      ...SCORE,
      systems: SCORE.systems.map((one) =>
        one.name === 'codetracer' ? { ...one, outcome: 'known' as const } : one,
      ),
    };
    const page = renderBenchReport(told).find(({ path }) => path === 'report.md')?.text ?? '';
    const [before = '', after = ''] = page.split('## Found and accused, the outcome known');
    const verdicts = before.slice(before.indexOf('## Verdict'));
    expect(report).toMatch(/## Verdict[^]*\n\| codetracer \|/);
    expect(verdicts).not.toMatch(/^\| codetracer \|/m);
    expect(after).toMatch(/^\| codetracer \| failed \|/m);
  });

  it('reads the share to read from its curve', () => {
    // Found rises with read to the power of 0.3, drawn in twentieths: half is found between 0.05 (0.407) and 0.1 (0.501).
    expect(report).toMatch(/\| codetracer \| 0\.031 \| 0\.09\d \|/);
  });

  it('escapes names for markdown and for XML', () => {
    expect(report).toContain('another tool \\| with a &lt;long> name');
    expect(figures.some(({ text }) => text.includes('with a &lt;long&gt; name &amp; &quot;odd&quot;'))).toBe(
      true,
    );
    expect(report).toContain('- data: labels.jsonl \\| sha256 abc');
  });

  it('is the same for the same scores', () => {
    expect(
      renderBenchReport(madeScore(24), COMPARISONS, { facts: [['data', 'labels.jsonl | sha256 abc']] }),
    ).toEqual(files);
  });
});

describe('renderBenchReport on little data', () => {
  for (const [name, score] of [
    ['one system', madeScore(1)],
    ['forty systems', madeScore(40)],
    ['one case', madeScore(3, { cases: 1 })],
    ['no case', madeScore(3, { cases: 0 })],
    ['no system', madeScore(0)],
  ] as const) {
    it(`stands ${name}`, () => {
      expect(scoreReportSchema.safeParse(score).error).toBeUndefined();
      const files = renderBenchReport(score);
      expect(files[0]?.path).toBe('report.md');
      for (const { path, text } of files) {
        expect(text, path).not.toMatch(/NaN|Infinity|undefined/);
        if (path.endsWith('.svg')) expect(checkXml(text), path).toEqual([]);
      }
    });
  }

  it('draws a value that is no number as missing', () => {
    const score = madeScore(3);
    const broken = {
      ...score,
      slices: score.slices.map((slice) => ({
        ...slice,
        rows: slice.rows.map((row) => ({
          ...row,
          figures: { ...row.figures, 'onset-exact': { value: Number.NaN, n: 1, leftOut: 0 } },
        })),
      })),
    };
    const files = renderBenchReport(broken);
    expect(files[0]?.text).toContain('| codetracer | codetracer | – |');
    expect(files.filter(({ text }) => text.includes('NaN'))).toEqual([]);
  });
});

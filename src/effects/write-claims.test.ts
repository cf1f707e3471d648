import { describe, expect, it } from 'vitest';
import { findWriteClaims } from './write-claims.ts';

describe('findWriteClaims', () => {
  it.each([
    ['Wrote image to image.ppm', ['image.ppm']],
    ['Results saved to results.json', ['results.json']],
    ['Plot saved as raman_fit_plot.png', ['raman_fit_plot.png']],
    ['Successfully saved 6 books to "out/books.csv".', ['out/books.csv']],
    ['Generated files: alert.json, report.json', ['alert.json', 'report.json']],
    ['Generated alert.json and report.json', ['alert.json', 'report.json']],
    ['Result written to /app/answer.txt: 27577594', ['/app/answer.txt']],
    ['INFO:main:Created result file: a/b/STS12.json', ['a/b/STS12.json']],
    ['Incident report written: /app/incident_45.txt', ['/app/incident_45.txt']],
    // What did not happen, what should, and what goes on elsewhere.
    ['Output is being written to: /tmp/tasks/b1.output', []],
    ['Error: could not save to out.txt', []],
    ['Would have written to a.txt', []],
    ['Dry run: created a.txt', []],
    ['Results should be saved to results.json', []],
    ['Data loaded from saved file: data.csv', []],
    ['created 2024-01-01 by bob', []],
    ['Saved to https://example.com/a.txt', []],
    ['saved to the database', []],
  ])('%s', (line, paths) => {
    expect(findWriteClaims(`before\n${line}\nafter`)).toEqual(paths);
  });

  it('stays fast on long outputs', () => {
    const started = performance.now();
    findWriteClaims('saved to '.repeat(100_000));
    findWriteClaims(`${'saved to to to to '.repeat(20)}\n`.repeat(5_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

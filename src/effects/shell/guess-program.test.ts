import { describe, expect, it } from 'vitest';
import { summarizeEffects } from '../../../test/support/summarize-effects.ts';
import { analyzeShell } from './analyze-shell.ts';
import { judgeScriptName } from './judge-script-name.ts';

describe('judgeScriptName', () => {
  it.each([
    ['generate_report.py', 'makes'],
    ['csv_to_json.py', 'makes'],
    ['file_compressor.py', 'makes'],
    ['/tmp/verify_fix.py', 'looks'],
    ['fix_test.py', 'makes'],
    ['final_check.sh', 'looks'],
    ['reproduceIssue.py', 'looks'],
    ['hello.py', 'unknown'],
    ['book_scraper.py', 'makes'],
    ['raman_analysis.py', 'makes'],
    ['test_report.py', 'looks'],
    ['parse_data.py', 'makes'],
    ['check_parser.py', 'looks'],
  ] as const)('%s', (name, judged) => {
    expect(judgeScriptName(name)).toBe(judged);
  });
});

describe('guessProgram', () => {
  it.each([
    ['python solve.py --output out.json', 'write? out.json, run python solve.py'],
    ['python app.py', 'run python app.py, process? start app.py'],
    ['./tool -o -', 'run tool ./tool'],
    ['kit list -o json', 'run kit'],
    ['kit init .', 'run kit, build? kit'],
    ['bin/test core', 'run test bin/test, test? bin/test core'],
    ['./tool in.csv out.csv', 'run tool ./tool, read?? in.csv, write? out.csv'],
    ['./verify in.csv out.csv', 'run verify ./verify, read?? in.csv, read?? out.csv'],
    ['python test_server.py', 'run python test_server.py'],
    ['python price_service.py', 'run python price_service.py, process? start price_service.py'],
    ['kit install --help', 'run kit'],
    // What one looks at next is what the program made.
    ['./mystery && head -c 9 image.ppm', 'run mystery ./mystery, write? image.ppm, read image.ppm'],
    ['./mystery x.csv; cat x.csv', 'run mystery ./mystery, read?? x.csv, read x.csv'],
    ['python solve.py; cat solve.py notes.txt', 'run python solve.py, read solve.py, read notes.txt'],
    ['python solve.py && cat result.txt', 'run python solve.py, write? result.txt, read result.txt'],
    ['python test_it.py && cat result.txt', 'run python test_it.py, read result.txt'],
    ['ls a.png; ./run && ls -l a.png', 'search a.png, run run ./run, search a.png'],
  ])('%s', (command, effects) => {
    const analysis = analyzeShell(command);
    expect(summarizeEffects(analysis.requested.effects)).toBe(effects);
    expect(analysis.unknown).toHaveLength(1);
  });
});

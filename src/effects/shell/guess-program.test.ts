import { describe, expect, it } from 'vitest';
import { summarizeEffects } from '../../../test/support/summarize-effects.ts';
import { analyzeShell } from './analyze-shell.ts';
import { judgeScriptName } from './guess-program.ts';

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
  ])('%s', (command, effects) => {
    const analysis = analyzeShell(command);
    expect(summarizeEffects(analysis.requested.effects)).toBe(effects);
    expect(analysis.unknown).toHaveLength(1);
  });
});

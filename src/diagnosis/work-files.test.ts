import { describe, expect, it } from 'vitest';
import { partsOf } from '../../test/support/diagnose-noted.ts';

function sourcesOf(text: string): (readonly string[])[] {
  return partsOf(text).context.steps.map((step) => step.sources);
}

describe('findWork', () => {
  it('leaves out what a repair puts at the top of the project or into folders of its own', () => {
    expect(
      sourcesOf(`
        cwd: /app
        1 > cat lib/core.py lib/util/text.py
        value = 1
        2 > mkdir sample && echo 'a = 1' > sample/conf.py
        3 > echo 'b = 2' > square.py
        4 > cp lib/core.py lib/core.py.backup
        5 > echo 'import core' > lib/change.py
        6 > python lib/change.py
        7 > echo 'value = 2' > lib/util/more.py
        8 > sed -i 's/1/2/' lib/core.py
      `),
    ).toEqual([[], [], [], [], [], [], ['/app/lib/util/more.py'], ['/app/lib/core.py']]);
  });

  it('keeps new files where the run changes nothing that was there, and where the task asks for them', () => {
    expect(
      sourcesOf(`
        cwd: /app
        1 > echo 'a = 1' > server.py
        2 > python server.py
      `),
    ).toEqual([['/app/server.py'], []]);
    expect(
      sourcesOf(`
        task: Fix lib/core.py and write the result to report.csv
        cwd: /app
        1 > cat lib/core.py lib/util/text.py
        value = 1
        2 > sed -i 's/1/2/' lib/core.py
        3 > echo 1,2 > report.csv
      `),
    ).toEqual([[], ['/app/lib/core.py'], ['/app/report.csv']]);
  });
});

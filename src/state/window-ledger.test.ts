import { describe, expect, it } from 'vitest';
import { runFrom } from '../../test/support/notation.ts';
import { createStepAnalyzer } from '../effects/create-step-analyzer.ts';
import { buildHistory } from './build-history.ts';

const contentOf = (text: string): string | undefined =>
  buildHistory(runFrom(text), createStepAnalyzer()).versions('/app/f').at(-1)?.content;

const FIRST = `cwd: /app
1 @Read {"file_path": "/app/f", "offset": 1, "limit": 2}
     1→a
     2→b`;
const REST = `@Read {"file_path": "/app/f", "offset": 3, "limit": 5}
     3→c
     4→d`;

describe('windows', () => {
  it('that show all of a file together tell its content', () => {
    expect(contentOf(`${FIRST}\n2 ${REST}`)).toBe('a\nb\nc\nd\n');
  });

  it('tell nothing while lines or the end are missing', () => {
    expect(contentOf(FIRST)).toBeUndefined();
    expect(contentOf(`cwd: /app\n1 ${REST}`)).toBeUndefined();
  });

  it('do not belong together when the file changed in between', () => {
    const edit = '@Edit {"file_path": "/app/f", "old_string": "a", "new_string": "z"}\nupdated';
    expect(contentOf(`${FIRST}\n2 ${edit}\n3 ${REST}`)).toBeUndefined();
    expect(contentOf(`${FIRST}\n2 > ./unknown-tool\n3 ${REST}`)).toBeUndefined();
  });

  it('are lines that commands print, too; an output that ends early shows the end only where its end is known', () => {
    const lines = `cwd: /app\n1 > sed -n '1,2p' f\na\nb\n2 > sed -n '3,9p' f\nc`;
    expect(contentOf(lines)).toBeUndefined();
    const known = lines.replace(
      '\n2 >',
      '\n2 @Read {"file_path": "/app/f", "offset": 3, "limit": 9}\n     3→c\n3 >',
    );
    expect(contentOf(known)).toBe('a\nb\nc\n');
  });
});

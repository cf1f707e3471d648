import { createReadStream } from 'node:fs';
import { CodetracerError } from '../base/error.ts';
import { detectEncoding } from '../io/decode-text.ts';
import { reasonOf } from '../io/disk-source.ts';
import { splitChunksToLines } from '../io/read-lines.ts';
import type { CommandAnswer, CommandError } from '../query/effects-schemas.ts';
import { answerLine } from './answer-line.ts';

/** Longest line in bytes that is read. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * Reads commands (`{"command": …}` a line, or a tool's call with `tool` and `args`) from a file, or from standard input
 * for `-`, and answers each line in its order, a batch at a time. Memory is bounded by the longest line.
 * @throws CodetracerError `unreadable`
 */
export async function* analyzeCommands(
  path: string,
): AsyncGenerator<readonly (CommandAnswer | CommandError)[]> {
  const chunks = readBytes(path === '-' ? process.stdin : createReadStream(path), path);
  for await (const lines of splitChunksToLines(chunks, { offset: 0, limit: LONGEST_LINE })) {
    yield lines.map(({ text, line, flaw }) =>
      flaw === 'limit-reached'
        ? { line, error: { code: 'too-long', message: `The line is longer than ${LONGEST_LINE} bytes.` } }
        : answerLine(text, line),
    );
  }
}

/** The bytes of a stream without their byte order mark. */
async function* readBytes(stream: AsyncIterable<Buffer | string>, path: string): AsyncGenerator<Buffer> {
  let isFirst = true;
  try {
    for await (const given of stream) {
      const chunk = Buffer.from(given);
      if (!isFirst) {
        yield chunk;
        continue;
      }
      isFirst = false;
      const { name, skip } = detectEncoding(chunk);
      if (name !== 'utf-8')
        throw new CodetracerError('unreadable', `${path}: the text is ${name.toUpperCase()}`, {
          hint: 'Write the lines as UTF-8.',
        });
      yield chunk.subarray(skip);
    }
  } catch (error) {
    if (error instanceof CodetracerError) throw error;
    throw new CodetracerError('unreadable', `${path}: ${reasonOf(error)}`, { cause: error });
  }
}

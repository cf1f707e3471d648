import { CodetracerError } from '../base/error.ts';
import { reasonOf } from './disk-source.ts';

/**
 * The rows of a Parquet file as plain objects, a row group at a time: integers as numbers where they fit, lists and
 * structures as they nest. The reader is loaded when it is first needed.
 * @throws CodetracerError `unreadable` when the file is not there or is damaged.
 */
export async function* readParquet(path: string): AsyncGenerator<Record<string, unknown>> {
  const [{ asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects }, { compressors }] =
    await Promise.all([import('hyparquet'), import('hyparquet-compressors')]);
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
      rowStart = rowEnd;
      for (const row of rows)
        yield Object.fromEntries(Object.entries(row).map(([key, one]) => [key, plain(one)]));
    }
  } catch (error) {
    throw new CodetracerError('unreadable', `${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** 64-bit integers as numbers, level by level: no value of a file decides how deep the stack grows. */
function plain(root: unknown): unknown {
  const holder = { value: root };
  const work: object[] = [holder];
  for (let here = work.pop(); here; here = work.pop()) {
    for (const [key, value] of Object.entries(here)) {
      if (typeof value === 'bigint') Object.assign(here, { [key]: shorten(value) });
      else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) work.push(value);
    }
  }
  return holder.value;
}

function shorten(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** Items of a JSON array as pieces of text, without its brackets. */
export function* writeItems(items: Iterable<unknown>): Generator<string> {
  let separator = '\n';
  for (const item of items) {
    yield separator + JSON.stringify(item);
    separator = ',\n';
  }
}

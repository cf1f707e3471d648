/** Names of the members of an `.eval` archive. */
export const HEADER = 'header.json';
export const JOURNAL_START = '_journal/start.json';
export const SUMMARIES = 'summaries.json';

/** A sample's file: `samples/<id>_epoch_<n>.json`. */
export function isSampleFile(name: string): boolean {
  return /_epoch_\d{1,9}\.json$/.test(name);
}

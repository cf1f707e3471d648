import { hashText } from '../../base/hash.ts';

/** The id of a case: stable as long as set and name are, and telling nothing of either to whoever gets the subject. */
export function makeCaseId(set: string, name: string): string {
  const hash = hashText(`${set}\n${name}`);
  return `case-${hash.toString(36).padStart(11, '0')}`;
}

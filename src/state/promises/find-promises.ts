import { type NamedDeed, readDeed } from './read-deed.ts';

/** A promise in a text: its words, and what they promise. */
export interface FoundPromise extends NamedDeed {
  /** Verbatim. */
  readonly quote: string;
}

const ANY = /\b(?:I['’]ll|I will|going to|[Ll]et me|[Ll]et['’]s|[Ww]e['’]ll|[Ww]e will)\b/;
/** Cheap to look for; of each promise at least one. */
const WORDS = ['ll ', ' will ', 'oing to ', 'et me ', "et's ", 'et’s '];
/** The words of a promise, and what may stand between them and the verb. */
const OPENING =
  /\b(?:I['’]ll|I will|I['’]m going to|I am going to|let me|let['’]s|we['’]ll|we will|we['’]re going to)\s+(?:(?:also|now|then|first|next|just|quickly|finally|simply|still|even|try to|proceed to|go ahead and|start by|again|go and|immediately|further|actually|\w+ly)\s+){0,3}/gi;
/** What makes a sentence a plan under conditions, a question, or talk about somebody else. */
const HEDGED =
  /\b(?:if|unless|whether|would|could|might|may|perhaps|maybe|once you|when you|after you|as soon as|let me know|otherwise|instead of|should we|happy to|assuming)\b|\?\s*$/i;
const FENCE = /^\s*(?:```|~~~)/;
const MOST = 20;
const LONGEST = 600;

/** Words by which a text takes back what stands before them. */
const TAKEN_BACK =
  /\b(?:Wait|Actually|However|Hmm|Instead|Alternatively|On second thought|But (?:wait|first|since|the|that|we|I|it))\b/g;

/** What a thought or a last message promises that can be checked, in order. Code in it is no promise. */
export function findPromises(text: string): FoundPromise[] {
  if (!WORDS.some((word) => text.includes(word)) || !ANY.test(text)) return [];
  const found: FoundPromise[] = [];
  let isCode = false;
  let from = 0;
  for (const again of text.matchAll(TAKEN_BACK)) from = again.index;
  for (const line of text.slice(from).split('\n')) {
    if (FENCE.test(line)) isCode = !isCode;
    if (isCode || found.length >= MOST || !ANY.test(line)) continue;
    for (const sentence of line.slice(0, 8000).split(/(?<=[.!?])\s+(?=[A-Z`*"'])/)) {
      if (sentence.length > LONGEST || HEDGED.test(sentence)) continue;
      found.push(...promisesOf(sentence.trim()));
    }
  }
  return found.slice(0, MOST);
}

function promisesOf(sentence: string): FoundPromise[] {
  const found: FoundPromise[] = [];
  for (const opening of sentence.matchAll(OPENING)) {
    const rest = sentence.slice(opening.index + opening[0].length);
    // `create a.py and run the tests`: every clause with a verb of its own is a promise.
    for (const clause of rest.split(/,? (?:and|then)(?: then| also)? (?=[a-z])|, (?=[a-z-]+ )/).slice(0, 4)) {
      const deed = readDeed(clause);
      if (deed) found.push({ ...deed, quote: sentence });
    }
  }
  return found;
}

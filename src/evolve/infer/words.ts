/**
 * Words that people who write logs of agents use, whatever the tool: they rank candidates, and measured evidence
 * (joins, lengths, repetition) decides between them. No name of a format stands here.
 */
const sets = {
  kind: 'type kind role event source subtype category action observation class op entry author sender from',
  tool: 'tool function name tools',
  args: 'arguments args input params parameters argument kwargs action inputs',
  command: 'command cmd commands action code script keystrokes shell statement query',
  result: 'output outputs observation result results response stdout display returned',
  thought: 'thought thoughts thinking reasoning rationale think reflection analysis reason',
  text: 'content text message prompt response input body instruction say summary value',
  agent: 'assistant agent ai model bot llm',
  user: 'user human client',
  system: 'system developer',
  environment: 'tool environment env observation function result',
  failure: 'error failed failure err cancelled canceled rejected timeout',
  time: 'timestamp time ts at date created started when',
  model: 'model',
  id: 'id uuid ref cause parent call key identifier',
} as const;

export type WordSet = keyof typeof sets;

const SETS: Readonly<Record<WordSet, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries(sets).map(([name, words]) => [name, new Set(words.split(' '))]),
) as unknown as Record<WordSet, ReadonlySet<string>>;

/** The words of a name in any spelling: `toolUse_id` is `tool`, `use`, `id`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

export function isWord(set: WordSet, word: string): boolean {
  return SETS[set].has(word);
}

/** Whether any word of the name belongs to the set. */
export function hasWord(set: WordSet, name: string): boolean {
  return wordsOf(name).some((word) => SETS[set].has(word));
}

/** The last key of a path: what a field is called. */
export function lastKey(path: string): string {
  const bare = path.replaceAll(/\[(?:\*|\d+)\]/g, '');
  return bare.slice(bare.lastIndexOf('.') + 1);
}

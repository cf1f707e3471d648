/**
 * How a derived value is known: it stands in an artifact (`recorded`), it follows from recorded facts (`derived`),
 * or a rule of thumb says so (`assumed`). What is not known at all is `undefined`.
 */
export type Provenance = 'recorded' | 'derived' | 'assumed';

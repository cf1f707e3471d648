/** Throws when an invariant of our own code is broken: a bug, never bad data or bad usage. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}

/** The value, when it is there; an assertion failure otherwise. */
export function expectPresent<T>(value: T | null | undefined, message: string): T {
  assert(value !== null && value !== undefined, message);
  return value;
}

/** Marks the end of a switch over a closed union; the compiler refuses it while a case is missing. */
export function exhaustive(value: never): never {
  throw new Error(`assertion failed: unhandled case ${JSON.stringify(value)}`);
}

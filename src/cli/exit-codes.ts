import type { ErrorCode } from '../base/error.ts';

/** Exit codes of every command; the first that applies counts. */
export const EXIT = {
  done: 0,
  findings: 1,
  usage: 2,
  unreadable: 3,
  unknownFormat: 4,
  someFailed: 5,
  undecided: 6,
  interrupted: 130,
} as const;

export function exitCodeOf(code: ErrorCode): number {
  switch (code) {
    case 'usage':
    case 'unknown-run':
    case 'unknown-step':
    case 'unknown-target':
      return EXIT.usage;
    case 'unreadable':
    case 'unwritable':
      return EXIT.unreadable;
    case 'unknown-format':
    case 'ambiguous-format':
      return EXIT.unknownFormat;
    case 'some-failed':
      return EXIT.someFailed;
    case 'interrupted':
      return EXIT.interrupted;
    default: {
      const never: never = code;
      return never;
    }
  }
}

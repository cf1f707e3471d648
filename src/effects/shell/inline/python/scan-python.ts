import type { Host } from '../../host.ts';
import { runProgram } from '../program/run-program.ts';
import { PYTHON } from './dialect.ts';
import { readPython } from './read-program.ts';

/** Reads a Python program as if it ran, and tells the host what it does. `tool` names it, `argv` are its arguments. */
export function scanPython(text: string, host: Host, tool: string, argv: readonly string[] = []): void {
  runProgram({ statements: readPython(text), dialect: PYTHON, tool, argv }, host);
}

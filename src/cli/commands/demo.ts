import { fileURLToPath } from 'node:url';
import { exampleFolder } from '../../app/example-folder.ts';
import { analyzeCommand } from './analyze.ts';

/** Diagnoses the shipped example; writes no files. */
export async function demoCommand({ json }: { json?: boolean }): Promise<number> {
  const example = fileURLToPath(exampleFolder('failed-fix'));
  return analyzeCommand([example], { ...(json && { json }), files: false });
}

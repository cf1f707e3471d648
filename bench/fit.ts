/**
 * Fits every head of the diagnosis and prints its cross-validated figures: `npx tsx bench/fit.ts [--write]`. Each head has a
 * script of its own, which says what it does and takes the same flags.
 */
import './fit-labels.ts';
import './fit-onset.ts';
import './fit-verdict.ts';

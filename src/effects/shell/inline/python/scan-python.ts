import type { Host } from '../../host.ts';
import { runProgram } from '../program/run-program.ts';
import { PYTHON } from './dialect.ts';
import { readPython } from './read-program.ts';

/** Words without which a program touches nothing but its own output: most of what agents try out is such. */
const TOUCHES =
  /open|write|save|dump|Path|\bos\b|shutil|subprocess|pexpect|getoutput|to_[a-z]|requests|httpx|urllib|urlopen|urlretrieve|smtplib|extract|execute|download|load_dataset|from_pretrained|Transformer|serve|\brun\b|run_simple|uvicorn|imsave|imwrite|ZipFile|tarfile|gzip|bz2|lzma|h5py|glob|call_command|sendline|send_keys|_dir\b|_folder\b/;

export interface PythonOptions {
  /** Arguments of the program. */
  readonly argv?: readonly string[];
  /** What a shell expands in the text stands there as written. */
  readonly isDraft?: boolean;
}

/** Reads a Python program as if it ran, and tells the host what it does. `tool` names it. */
export function scanPython(text: string, host: Host, tool: string, options: PythonOptions = {}): void {
  if (!TOUCHES.test(text)) return;
  const { argv = [], isDraft = false } = options;
  runProgram({ statements: readPython(text), dialect: PYTHON, tool, argv, isDraft }, host);
}

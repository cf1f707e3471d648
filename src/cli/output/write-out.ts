/** Writes to standard output and waits until it is taken; a reader that went away (`| head`) ends the output quietly. */
export async function writeOut(text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    process.stdout.write(text, (error) => {
      if (error && 'code' in error && error.code === 'EPIPE') process.exit(0);
      resolve();
    });
  });
}

export async function writeJson(value: unknown): Promise<void> {
  await writeOut(`${JSON.stringify(value, null, 2)}\n`);
}

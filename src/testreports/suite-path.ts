/** Names of nested suites by indentation: `suite > inner > case`. */
export class SuitePath {
  private readonly open: { indent: number; name: string }[] = [];

  reset(): void {
    this.open.length = 0;
  }

  enter(indent: number, name: string): void {
    this.leave(indent);
    this.open.push({ indent, name });
  }

  /** Full name of a case at an indentation: every suite that is indented less stands before it. */
  nameOf(indent: number, name: string): string {
    this.leave(indent);
    return [...this.open.map((suite) => suite.name), name].join(' > ');
  }

  private leave(indent: number): void {
    while ((this.open.at(-1)?.indent ?? -1) >= indent) this.open.pop();
  }
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

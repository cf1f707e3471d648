/** Paths of the runs of one artifact: `log.eval#2_epoch_1`. Each is given once, and holds no second `#` and no folder. */
export class RunNames {
  private readonly path: string;
  private readonly taken = new Set<string>();

  constructor(path: string) {
    this.path = path;
  }

  get count(): number {
    return this.taken.size;
  }

  take(name: string): string {
    const clean = name.replace(/[#/\\\s]+/g, '-').slice(0, 120);
    let free = clean;
    for (let n = 2; this.taken.has(free); n++) free = `${clean}-${n}`;
    this.taken.add(free);
    return `${this.path}#${free}`;
  }
}

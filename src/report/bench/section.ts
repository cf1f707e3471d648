/** A file of the report; the path is relative to the report's folder. */
export interface ReportFile {
  readonly path: string;
  readonly text: string;
}

/** A part of the report: its markdown, and the figures that it shows. */
export interface Section {
  readonly lines: readonly string[];
  readonly files: readonly ReportFile[];
}

/** A table with its figure below, in the order in which people read them. */
export function tableWithFigure(parts: {
  readonly heading: string;
  /** What is measured, and what chance would give. */
  readonly about: readonly string[];
  readonly table: string;
  readonly notes?: readonly string[];
  /** Name of the figure's file, without folder and ending. */
  readonly name: string;
  readonly alt: string;
  readonly svg: string;
}): Section {
  const path = `figures/${parts.name}.svg`;
  const alt = parts.alt.replace(/[[\]\n]/g, ' ');
  return {
    lines: [
      parts.heading,
      '',
      ...parts.about.flatMap((text) => [text, '']),
      parts.table,
      '',
      ...(parts.notes ?? []).flatMap((text) => [text, '']),
      `![${alt}](${path})`,
      '',
    ],
    files: [{ path, text: parts.svg }],
  };
}

export function joinSections(sections: readonly Section[]): Section {
  return {
    lines: sections.flatMap((section) => section.lines),
    files: sections.flatMap((section) => section.files),
  };
}

/** Letters and digits of a name, for files; other characters become hyphens. */
export function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'all'
  );
}

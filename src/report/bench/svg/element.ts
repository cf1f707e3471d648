import { escapeHtml } from '../../html/escape-html.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One SVG element as text; `children` are elements already, attribute values are escaped here. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? coordinate(value) : xmlText(value ?? '')}"`,
    )
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** Text as the content of an element; XML has no place for the two non-characters that HTML tolerates. */
export function xmlText(text: string): string {
  return escapeHtml(text).replace(/[\ufffe\uffff]/g, '\ufffd');
}

/** A length with at most two decimals, so that equal data give equal files on every machine. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** What of a language's spelling has to be known to tell its code from its texts and comments. */
export interface Lexis {
  readonly lineComments: readonly string[];
  /** A comment begins only at the start of a line or behind a blank: elsewhere the sign means something else. */
  readonly commentBehindBlank?: boolean;
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** Characters that begin and end a text. */
  readonly quotes: string;
  /** A quote inside of a text is written twice; a backslash is a plain character. */
  readonly doubled?: boolean;
  /** `/…/` is a pattern where no value stands before it. */
  readonly patterns?: boolean;
  /** Texts between chosen signs: `q{…}` and `s/…/…/` of Perl, `%w[…]` of Ruby. */
  readonly chosen?: 'perl' | 'ruby';
  /** `<<NAME` takes the lines up to NAME. */
  readonly documents?: boolean;
  /** Lines from `=word` up to `=cut` or `=end`. */
  readonly paragraphs?: boolean;
}

export const JAVASCRIPT: Lexis = {
  lineComments: ['//'],
  blockComments: [['/*', '*/']],
  quotes: '\'"`',
  patterns: true,
};
export const PERL: Lexis = {
  lineComments: ['#'],
  commentBehindBlank: true,
  blockComments: [],
  quotes: '\'"`',
  patterns: true,
  chosen: 'perl',
  documents: true,
  paragraphs: true,
};
export const RUBY: Lexis = { ...PERL, chosen: 'ruby' };
export const PHP: Lexis = {
  lineComments: ['//', '#'],
  blockComments: [['/*', '*/']],
  quotes: '\'"`',
  documents: true,
};
export const R: Lexis = { lineComments: ['#'], blockComments: [], quotes: '\'"`' };
export const AWK: Lexis = { lineComments: ['#'], blockComments: [], quotes: '"', patterns: true };
/** Names in double quotes stay code: only `'…'` is a value. */
export const SQL: Lexis = {
  lineComments: ['--'],
  blockComments: [['/*', '*/']],
  quotes: "'",
  doubled: true,
};
export const PLAIN: Lexis = { lineComments: ['#', '//'], blockComments: [], quotes: '' };

import { describe, expect, it } from 'vitest';
import { AWK, JAVASCRIPT, type Lexis, PERL, PHP, RUBY, SQL } from './lexis.ts';
import { codeOnly, markCode } from './mark-code.ts';

const code = (text: string, lexis: Lexis): string => codeOnly(text, lexis).replace(/\s+/g, ' ').trim();

describe('the code of a text', () => {
  it.each<[string, Lexis, string, string]>([
    ['comments of JavaScript', JAVASCRIPT, 'a(); // b()\n/* c() */ d()', 'a(); d()'],
    ['texts of JavaScript', JAVASCRIPT, `a('b()', "c\\"()"); d()`, 'a( , ); d()'],
    ['templates with code inside', JAVASCRIPT, 'a(`b() ${c({d: `e()`})} f()`); g()', 'a( c({d: }) ); g()'],
    ['patterns', JAVASCRIPT, `x = y.replace(/"[/]'/g, z); w()`, 'x = y.replace( g, z); w()'],
    ['divisions', JAVASCRIPT, 'a = b / c; d("/")', 'a = b / c; d( )'],
    ['a quote that is never closed', JAVASCRIPT, "a(); it's b()", "a(); it's b()"],
    ['comments of Perl', PERL, 'a(); # b()\n$#x; c()', 'a(); $#x; c()'],
    ['chosen signs of Perl', PERL, 'q{a {b} c}; s/d/e/g; tr(f)(g); qw<h i>; j()', '; g; ; ; j()'],
    ['here-documents', PERL, "print <<'E';\na()\nE\nb()", 'print << ; b()'],
    ['paragraphs', PERL, 'a()\n=pod\nb()\n=cut\nc()', 'a() c()'],
    ['lists of words of Ruby', RUBY, 'a = %w[b c]; d % e; f()', 'a = ; d % e; f()'],
    ['documents of PHP', PHP, 'a(<<<E\nb()\nE);c(); # d', 'a(<<<E );c();'],
    ['patterns of awk', AWK, '/a"b/ { print "c > d" } # e', '{ print }'],
    ['doubled quotes of SQL', SQL, "select 'it''s insert', b -- c\nfrom d", 'select , b from d'],
  ])('%s', (_, lexis, text, expected) => {
    expect(code(text, lexis)).toBe(expected);
  });

  it('stays linear on hostile texts', () => {
    for (const bit of ["'\\", '`${', '/', 'q{', '<<A\n', '"', '/*', '=a\n', '%w['])
      for (const lexis of [JAVASCRIPT, PERL, RUBY, PHP, SQL])
        expect(markCode(bit.repeat(40_000), lexis)).toHaveLength(bit.length * 40_000);
  });
});

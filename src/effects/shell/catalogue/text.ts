import type { Catalogue } from '../spec.ts';

/** Programs that read text or bytes and print. */
export const TEXT: Catalogue = {
  'cat tac nl rev zcat bzcat xzcat zstdcat lz4cat gzcat bat batcat less more most zless view pg': {
    values: '-b -s -w -p --language --style --line-range -r',
    operands: 'read',
  },
  'wc md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum crc32 xxhsum': {
    operands: 'read',
  },
  'grep egrep fgrep zgrep zegrep bzgrep xzgrep ag ack ugrep': {
    values:
      '-e -f -m -A -B -C -d -D --include --exclude --exclude-dir --max-count --context --color --regexp --file -G',
    operands: 'pattern-search',
  },
  rg: {
    values:
      '-e -f -m -A -B -C -g -t -T -j -M -E --type --glob --max-count --context --color --regexp --max-depth --type-not --iglob',
    operands: 'pattern-search',
  },
  od: { values: '-t -A -j -N -S --format --address-radix --skip-bytes --read-bytes', operands: 'read' },
  'hexdump hd': { values: '-n -s -e -f', operands: 'read' },
  hexyl: { values: '-n -s -c --skip --length --bytes', operands: 'read' },
  strings: { values: '-n -t -e -T --bytes --radix --encoding --target', operands: 'read' },
  'cut paste column expand unexpand fold fmt pr join comm uniq tsort': {
    values: '-d -f -c -b -s -w -t -o -1 -2 -j -a -e -W -N -i --delimiter --fields --width --output-delimiter',
    operands: 'read',
  },
  sort: {
    values: '-k -t -S -T -o --key --field-separator --output --parallel',
    operands: 'read',
    paths: { '-o --output': 'write' },
  },
  shuf: { values: '-n -i', operands: 'read', paths: { '-o --output': 'write' } },
  split: {
    values: '-l -b -n -C -a --lines --bytes --number',
    operands: 'read',
    acts: [{ kind: 'write', path: 'x*' }],
  },
  csplit: { values: '-f -b -n', operands: 'read', acts: [{ kind: 'write', path: 'xx*' }] },
  'tr seq yes factor numfmt expr bc dc units': { operands: 'none' },
  'diff cmp sdiff colordiff diff3 wdiff vimdiff': {
    values: '-U -C -x -I -W -L --exclude --label --color --unified -X -i',
    operands: 'read',
    paths: { '-o --output': 'write' },
  },
  yq: { values: '-o -p -I --arg -f --from-file', operands: 'skip-edit', only: '-i --inplace -Yi -yi' },
  'jq xq gojq jaq dasel fx gron': {
    values: '--arg --argjson --slurpfile --rawfile --indent -f --from-file -L --args -p -o',
    operands: 'skip-read',
  },
  'xmllint xmlstarlet': {
    values: '--xpath --schema --dtdvalid',
    operands: 'read',
    paths: { '--output': 'write' },
  },
  'base64 base32 basenc uuencode': { values: '-w --wrap', operands: 'read' },
  'iconv recode': {
    values: '-f -t --from-code --to-code',
    operands: 'read',
    paths: { '-o --output': 'write' },
  },
  'readelf objdump nm size ldd lddtree addr2line c++filt elfedit pahole rabin2 dwarfdump otool': {
    values: '-e -j -M -C --section --disassemble --start-address --stop-address -m',
    operands: 'read',
  },
  'exiftool identify mediainfo pdfinfo pdffonts pdfimages ffprobe soxi ogginfo': {
    dash: 'words',
    values: '-v -show_entries -of -select_streams -i -format -loglevel -print_format',
    operands: 'read',
  },
  'pdftotext pdftohtml pdftoppm ps2pdf pdf2ps': {
    values: '-f -l -r -enc',
    operands: 'in-out',
  },
  'man info apropos whatis tldr help cheat': { operands: 'none' },
  'look aspell hunspell spell ispell': { operands: 'read' },
  'csvcut csvgrep csvlook csvstat csvsort csvjson in2csv xsv mlr datamash q': { operands: 'read' },
  'tokei cloc scc': { operands: 'search' },
  'highlight pygmentize': { values: '-l -f -O', operands: 'read', paths: { '-o': 'write' } },
  'glow mdcat': { operands: 'read' },
  'xsel xclip pbcopy pbpaste': { operands: 'none' },
  binwalk: {
    values: '-D -l -o',
    operands: 'read',
    acts: [{ kind: 'write', path: '_extracted/' }],
    only: '-e --extract -M --dd',
  },
  pandoc: { values: '-f -t --from --to --metadata -V', operands: 'read', paths: { '-o --output': 'write' } },
};

import type { Catalogue } from '../spec.ts';

/** Compression and archives; `tar`, `unzip` and extraction by `7z` have readers of their own. */
export const ARCHIVES: Catalogue = {
  'gzip bzip2 xz zstd lzma lz4 lzip compress pigz pbzip2 brotli': {
    values: '-S -T -b --suffix --threads',
    operands: 'edit',
    paths: { '-o --output': 'write' },
    unless: '-c -l -t --stdout --to-stdout --list --test',
  },
  'gunzip bunzip2 unxz unzstd unlzma uncompress unlz4 unpigz': {
    values: '-S --suffix',
    operands: 'edit',
    paths: { '-o': 'write' },
    unless: '-c -l -t --stdout --to-stdout --list --test',
  },
  'zipinfo zipgrep lsar zipdetails': { operands: 'read' },
  zip: { values: '-i -x -P -b -t -n -s', operands: 'out-read', unless: '-sf -T -h' },
  unar: { operands: 'read', acts: [{ kind: 'write', path: '.' }], values: '-o -p', atLeast: 1 },
  '7z 7za 7zr 7zz p7zip': {
    dash: 'words',
    subs: {
      'a d u rn': { dash: 'words', operands: 'out-read' },
      'l t i h b': { dash: 'words', operands: 'read' },
    },
  },
  'unrar rar': {
    subs: {
      'x e': { operands: 'read', acts: [{ kind: 'write', path: '.' }] },
      'a d u m f': { operands: 'edit' },
      'l lb lt v vt t p': { operands: 'read' },
    },
  },
  ar: {
    subs: {
      't tv p': { operands: 'read' },
      x: { operands: 'read', acts: [{ kind: 'write', path: '.' }] },
    },
    otherwise: { operands: 'skip-edit' },
  },
  cpio: {
    values: '-F -H -D',
    acts: [{ kind: 'write', path: '.' }],
    only: '-i -p --extract --pass-through',
    unless: '-t --list',
  },
  ranlib: { operands: 'edit' },
  'genisoimage mkisofs xorriso xorrisofs grub-mkrescue mksquashfs': {
    dash: 'words',
    values: '-V -volid -c -b',
    acts: [{ kind: 'build' }],
    paths: { '-o -output --output -outdev': 'write' },
  },
  unsquashfs: { acts: [{ kind: 'write', path: 'squashfs-root/' }], unless: '-l -ll -s -stat' },
};

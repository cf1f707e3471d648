import type { Catalogue } from '../spec.ts';

/** Files and folders: made, copied, moved, removed, listed. */
export const FILES: Catalogue = {
  'ls dir vdir': { values: '-I -w -T --ignore --block-size --width', operands: 'search' },
  'tree exa eza lsd': { values: '-L -I -P -o', operands: 'search', paths: { '-o': 'write' } },
  du: { values: '-d --max-depth --exclude -t --threshold -B', operands: 'search' },
  'fd fdfind': {
    values: '-e -t -d -E --extension --type --max-depth --exclude',
    operands: 'pattern-search',
  },
  'locate mlocate plocate': { operands: 'none' },
  updatedb: { acts: [{ kind: 'write', path: '/var/lib/mlocate/mlocate.db' }] },
  'stat readlink realpath namei': {
    values: '-c -f --format --printf --relative-to --relative-base',
    operands: 'search',
  },
  file: { values: '-m -F -P', operands: 'read' },
  'basename dirname pathchk': { operands: 'none' },
  'lsattr getfacl getfattr getcap': { operands: 'search' },
  'cp rcp': {
    values: '-S --suffix',
    operands: 'copy',
    paths: { '-t --target-directory': 'none' },
  },
  mv: { values: '-S --suffix', operands: 'move', paths: { '-t --target-directory': 'none' } },
  rename: { operands: 'skip-edit', unless: '-n --no-act' },
  'rm unlink': { operands: 'delete' },
  rmdir: { operands: 'delete' },
  'trash trash-put gio-trash': { operands: 'delete' },
  shred: { values: '-n -s --iterations --size', operands: 'edit' },
  mkdir: { values: '-m --mode', operands: 'mkdir' },
  mktemp: {
    values: '-p --suffix --tmpdir',
    acts: [{ kind: 'write', path: '/tmp/tmp.XXXXXX' }],
    unless: '-u',
  },
  touch: { values: '-t -d -r --date --reference', operands: 'touch' },
  truncate: { values: '-s -r --size --reference', operands: 'edit' },
  fallocate: { values: '-l -o --length --offset', operands: 'edit' },
  ln: { values: '-S', operands: 'link', paths: { '-t --target-directory': 'none' } },
  link: { operands: 'link' },
  'mkfifo mknod': { values: '-m --mode', operands: 'touch' },
  'chmod chown chgrp chattr setfacl chcon setcap': {
    values: '-m -x -M -X --from --reference',
    operands: 'skip-mode',
  },
  install: {
    values: '-m -o -g -S --mode --owner --group',
    operands: 'copy',
    paths: { '-t --target-directory': 'none' },
  },
  rsync: {
    values: '-e --exclude --include --rsh --filter --chmod --chown --bwlimit --port --info',
    operands: 'copy',
    unless: '-n --dry-run --list-only',
  },
  'mount umount losetup': { values: '-t -o', acts: [{ kind: 'service' }], atLeast: 1, unless: '-l' },
  'mountpoint findmnt lsblk blkid df': { values: '-o -t -T -n -B --output', operands: 'none' },
  'mkfs mkfs.ext4 mkfs.ext3 mkfs.ext2 mkfs.vfat mkfs.xfs mke2fs mkswap mkdosfs wipefs tune2fs resize2fs': {
    values: '-t -L -F -n -U -b -O',
    operands: 'edit',
  },
  'fsck e2fsck fsck.ext4': { operands: 'edit', unless: '-n' },
  dumpe2fs: { operands: 'read' },
  debugfs: { values: '-R -f', operands: 'read' },
  'fdisk sfdisk parted gdisk sgdisk': { operands: 'edit', unless: '-l --list -d --dump -p print' },
  'qemu-img': {
    subs: {
      'create resize rebase commit amend snapshot': { values: '-f -o -b -F', operands: 'edit' },
      convert: { values: '-f -O -o', operands: 'in-out' },
      'info check map compare measure': { operands: 'read' },
    },
  },
  'sync fstrim': {},
  'patchelf strip objcopy': {
    values: '-o --set-rpath --set-interpreter --add-section --only-section -j -O -I',
    operands: 'edit',
    paths: { '-o --output': 'write' },
    unless: '--print-rpath --print-interpreter --print-needed',
  },
  dos2unix: { operands: 'edit', unless: '-i --info' },
  'unix2dos mac2dos': { operands: 'edit', unless: '-i --info' },
};

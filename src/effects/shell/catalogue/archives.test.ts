import { describe } from 'vitest';
import { type CommandCase, checkCatalogue } from '../../../../test/support/check-catalogue.ts';
import { ARCHIVES } from './archives.ts';

const CASES: readonly CommandCase[] = [
  ['gzip log.txt', 'write log.txt'],
  ['gzip -c log.txt', 'read log.txt'],
  ['gunzip a.gz', 'write a.gz'],
  ['gunzip -c a.gz', 'read a.gz'],
  ['zipinfo a.zip', 'read a.zip'],
  ['zip -r a.zip src', 'write a.zip, read src'],
  ['unar a.rar', 'read a.rar, build unar .'],
  ['7z x a.7z -o/tmp/x', 'read a.7z, build 7z /tmp/x'],
  ['7z l a.7z', 'read a.7z'],
  ['7z a new.7z src', 'write new.7z, read src'],
  ['unrar x a.rar', 'read a.rar, build unrar .'],
  ['unrar l a.rar', 'read a.rar'],
  ['ar t lib.a', 'read lib.a'],
  ['ar rcs lib.a x.o', 'write lib.a, write x.o'],
  ['cpio -idm', 'build cpio .'],
  ['cpio -t', ''],
  ['ranlib lib.a', 'write lib.a'],
  ['xorriso -outdev a.iso', 'write a.iso, build xorriso'],
  ['unsquashfs -l fs.img', ''],
  ['unsquashfs fs.img', 'build unsquashfs squashfs-root/'],
];

describe('archives', () => checkCatalogue(ARCHIVES, CASES));

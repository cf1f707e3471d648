import { describe } from 'vitest';
import { type CommandCase, checkCatalogue } from '../../../../test/support/check-catalogue.ts';
import { SECURITY } from './security.ts';

const CASES: readonly CommandCase[] = [
  ['steghide info a.jpg', ''],
  ['steghide extract -sf a.jpg', 'build steghide .'],
  ['zsteg a.png', 'read a.png'],
  ['foremost -i disk.img', 'build foremost output/'],
  ['nikto -h host', 'network fetch host'],
  ['gobuster dir -u http://x -o found.txt', 'write found.txt, network fetch dir'],
  ['msfvenom -p x -o shell.bin', 'write shell.bin'],
  ['checksec a', ''],
  ['upx a.bin', 'write a.bin'],
  ['upx -t a.bin', 'read a.bin'],
  ['age -o b.age a', 'write b.age'],
  ['age-keygen -o k.txt', 'write k.txt'],
  ['vault kv get a', ''],
  ['vault kv put a b=c', 'service? put write'],
  ['RsaCtfTool.py --publickey k.pub', 'read k.pub, run RsaCtfTool.py'],
  ['tcpflow -r a.pcap', 'build tcpflow .'],
  ['ngrep -i eth0', ''],
  ['airodump-ng -w cap', 'write cap'],
  ['pdp11 run.ini', 'run? pdp11 run.ini'],
];

describe('security', () => checkCatalogue(SECURITY, CASES));

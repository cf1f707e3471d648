import { describe } from 'vitest';
import { type CommandCase, checkCatalogue } from '../../../../test/support/check-catalogue.ts';
import { NETWORK } from './network.ts';

const CASES: readonly CommandCase[] = [
  ['ping -c1 host', 'network fetch host'],
  ['ss -tlnp', ''],
  ['tcpdump -w cap.pcap', 'write cap.pcap'],
  ['lynx example.com', 'network fetch example.com'],
  ['yt-dlp http://x', 'network fetch http://x, build yt-dlp .'],
  ['yt-dlp -F http://x', ''],
  ['hf download a/b', 'network fetch a/b, build hf ~/.cache/huggingface/'],
  ['hf login', 'write ~/.cache/huggingface/token'],
  ['scp a host:/b', 'read a, network send host:/b'],
  ['ftp host', 'network? send host'],
  ['grpcurl host:1 list', 'network? fetch host:1'],
  ['mail bob', 'network send bob'],
  ['newlist x', 'account newlist x'],
  ['mailman lists', ''],
  ['mailman create x', 'service x create'],
  ['postmap /etc/a', 'write /etc/aliases.db'],
  ['postconf -n', ''],
  ['postconf -e a=b', 'service postconf configure'],
  ['postqueue -p', ''],
  ['gh pr view 1', 'network fetch 1'],
  ['gh pr create', 'network send pr'],
  ['gh api repos', ''],
  ['gh repo clone a/b', 'network fetch a/b, build gh .'],
];

describe('network', () => checkCatalogue(NETWORK, CASES));

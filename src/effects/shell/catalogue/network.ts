import type { Catalogue } from '../spec.ts';

/** Looking things up on the network, fetching and sending; `curl`, `wget`, `nc` and `ssh` have readers of their own. */
export const NETWORK: Catalogue = {
  'ping ping6 traceroute tracepath mtr host nslookup dig whois drill': { acts: [{ kind: 'fetch' }] },
  'netstat ss nmap iftop nethogs arp-scan masscan tshark': {
    values: '-p -oN -oX -oA',
    paths: { '-oN -oX -w': 'write' },
  },
  tcpdump: { values: '-i -c -s -r', paths: { '-w': 'write' } },
  'lynx links w3m elinks': { acts: [{ kind: 'fetch' }] },
  'aria2c axel youtube-dl yt-dlp gdown kaggle megadl lftp': {
    values: '--format --user-agent -f -o -O -d -P --dir --output -c -r',
    acts: [{ kind: 'fetch' }, { kind: 'write', path: '.' }],
    unless: '-F --list-formats -j --dump-json -s --simulate --get-url -g --print',
  },
  'huggingface-cli hf': {
    subs: {
      download: { acts: [{ kind: 'fetch' }, { kind: 'write', path: '~/.cache/huggingface/' }] },
      'upload, repo create, upload-large-folder': { acts: [{ kind: 'send' }] },
      'login logout': { acts: [{ kind: 'write', path: '~/.cache/huggingface/token' }] },
    },
  },
  'scp sftp': { values: '-P -i -o -F -l -J', operands: 'copy' },
  'ftp tftp': { acts: [{ kind: 'send' }], likely: true },
  'telnet websocat wscat grpcurl evans': { acts: [{ kind: 'fetch' }], likely: true },
  'mail mailx sendmail mutt swaks msmtp': { acts: [{ kind: 'send' }] },
  'newlist add_members remove_members rmlist': { acts: [{ kind: 'account' }] },
  mailman: {
    subs: { 'info lists members status version conf help shell': {} },
    otherwise: { acts: [{ kind: 'service' }] },
  },
  'postmap postalias newaliases': { acts: [{ kind: 'write', path: '/etc/aliases.db' }], unless: '-q' },
  postconf: { acts: [{ kind: 'service', action: 'configure' }], only: '-e -X -M -F -P' },
  'postqueue postsuper': { acts: [{ kind: 'service' }], unless: '-p -j' },
  gh: {
    values: '-R --repo',
    subs: {
      'pr view, pr list, pr diff, pr checks, pr status, issue view, issue list, issue status, repo view, repo list, run list, run view, run watch, release list, release view, auth status, search, status, label list, workflow list, workflow view, gist view, gist list, cache list, secret list, variable list':
        { acts: [{ kind: 'fetch' }] },
      'repo clone, release download, run download, pr checkout': {
        acts: [{ kind: 'fetch' }, { kind: 'write', path: '.' }],
      },
      api: { acts: [{ kind: 'send' }], only: '-X --method -f -F --field --raw-field --input' },
    },
    otherwise: { acts: [{ kind: 'send' }] },
  },
};

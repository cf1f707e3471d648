import type { Catalogue } from '../spec.ts';

/** Forensics, steganography, cracking and probing: what contests and audits use. */
export const SECURITY: Catalogue = {
  steghide: {
    values: '-sf -cf -ef -xf -p',
    dash: 'words',
    subs: {
      'info encinfo': {},
      'extract embed': {
        dash: 'words',
        acts: [{ kind: 'write', path: '.' }],
        paths: { '-xf': 'write' },
        values: '-sf -cf -ef -p',
      },
    },
  },
  'zsteg stegsolve srch_strings pngcheck fls icat mmls fsstat istat img_stat vol volatility vol.py olevba oleid pdfid pdf-parser peepdf pescan capa floss yara clamscan rkhunter chkrootkit lynis trivy grype syft gitleaks trufflehog semgrep snyk osv-scanner':
    { operands: 'read', paths: { '-o --output --report-path': 'write' } },
  'foremost scalpel photorec bulk_extractor tsk_recover extundelete testdisk': {
    values: '-t -i -c',
    paths: { '-o': 'none' },
    acts: [{ kind: 'write', path: 'output/' }],
  },
  'hydra medusa ncrack sqlmap nikto gobuster ffuf wfuzz dirb dirsearch wpscan whatweb sslscan testssl.sh enum4linux smbclient crackmapexec subfinder amass httpx nuclei':
    {
      values: '-l -L -p -P -u -w -t -o',
      acts: [{ kind: 'fetch' }],
      paths: { '-o --output': 'write' },
    },
  'msfvenom radare2 r2 ghidra ROPgadget ropper one_gadget checksec pwn cyclic seccomp-tools rizin retdec': {
    values: '-p -f -e -c -a -q',
    paths: { '-o': 'write' },
    operands: 'none',
  },
  upx: { operands: 'edit', paths: { '-o': 'write' }, unless: '-l -t --list --test' },
  'age age-keygen sops minisign signify cosign': {
    operands: 'none',
    paths: { '-o --output -x': 'write' },
    also: { '-i --in-place': [{ kind: 'write', path: '.' }] },
  },
  'pass vault op bw gopass': {
    subs: {
      'ls list show find grep get status read kv-get': {},
      'kv get, kv list, secrets list, item list, item get': {},
    },
    otherwise: { acts: [{ kind: 'service', action: 'write' }], likely: true },
  },
  'RsaCtfTool RsaCtfTool.py': {
    paths: { '--output': 'write', '--publickey': 'read' },
    acts: [{ kind: 'run' }],
    values: '-n -e --uncipher --attack',
  },
  tcpflow: { values: '-r -i -o', acts: [{ kind: 'write', path: '.' }], unless: '-c -C' },
  'aircrack-ng ngrep ettercap': { operands: 'read', values: '-w -r -i' },
  'airodump-ng': { paths: { '-w --write': 'write' } },
  'simh pdp11 pdp8 vax qemu-aarch64 qemu-arm qemu-x86_64 qemu-riscv64 wine dosbox mame': {
    acts: [{ kind: 'run' }],
    likely: true,
  },
};

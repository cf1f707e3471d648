import type { Catalogue, CommandSpec } from '../spec.ts';

const SERVICE: CommandSpec = { acts: [{ kind: 'service' }] };
const ACCOUNT: CommandSpec = { acts: [{ kind: 'account' }] };

/** Services, accounts, kernel and machine. */
export const SYSTEM: Catalogue = {
  systemctl: {
    values: '-H -M -t -p -n --type --state --property --lines',
    subs: {
      'status is-active is-enabled is-failed list-units list-unit-files list-timers list-sockets list-dependencies show cat get-default help show-environment':
        {},
    },
    otherwise: { ...SERVICE, atLeast: 1 },
  },
  // The first word is the service, the second what to do with it.
  'service rc-service invoke-rc.d': { ...SERVICE, atLeast: 2, unless: '--status-all status' },
  supervisorctl: {
    values: '-c',
    subs: { 'status tail avail pid maintail fg': {} },
    otherwise: { ...SERVICE, atLeast: 1 },
  },
  'rc-update chkconfig update-service': { ...SERVICE, atLeast: 1, unless: '--list -s show' },
  'initctl loginctl hostnamectl timedatectl localectl resolvectl networkctl': {
    subs: {
      'set-hostname set-timezone set-locale set-time set-ntp restart start stop reload flush-caches up down terminate-session':
        SERVICE,
    },
  },
  'update-rc.d insserv': SERVICE,
  journalctl: {
    values: '-u -n -p -S -U -o --since --until --unit --lines',
    acts: [{ kind: 'service' }],
    only: '--vacuum-size --vacuum-time --rotate --flush',
  },
  nginx: { ...SERVICE, values: '-c -g -p -e', unless: '-t -T -v -V' },
  'apachectl apache2ctl httpd apache2': { ...SERVICE, unless: '-t -v -V -M -S -l -L configtest' },
  'sshd vsftpd dropbear cron crond rsyslogd dbus-daemon named bind9 dnsmasq postfix dovecot exim4 squid haproxy mongod mysqld mysqld_safe mariadbd postgres redis-server memcached rabbitmq-server etcd consul influxd grafana-server prometheus elasticsearch clickhouse-server dockerd containerd slapd smbd nmbd fcgiwrap php-fpm supervisord gunicorn uwsgi uvicorn hypercorn daphne waitress-serve caddy traefik websockify code-server ngrok http-server serve live-server json-server cloudflared localtunnel lt tensorboard minio nats-server kafka-server-start.sh inetd xinetd vllm Xvfb x11vnc vncserver Xvnc novnc_proxy':
    { acts: [{ kind: 'start' }], values: '-c -p -f -b -w', unless: '-t -T -V -v --check-config' },
  'qemu-system-x86_64 qemu-system-i386 qemu-system-arm qemu-system-aarch64 qemu-system-riscv64 qemu-system-mips qemu-system-ppc virsh VBoxManage firecracker':
    { acts: [{ kind: 'start' }], dash: 'words', unless: '-help -version list dominfo' },
  'jupyter jupyter-lab jupyter-notebook': {
    subs: {
      'server notebook lab console': { acts: [{ kind: 'start' }] },
      'server list, notebook list, lab list, server --show-config': {},
      nbconvert: { acts: [{ kind: 'write', path: '.' }], unless: '--stdout' },
      'kernelspec install, kernelspec remove, labextension install, nbextension enable': {
        acts: [{ kind: 'package', action: 'install' }],
      },
      'server password, notebook password': {
        acts: [{ kind: 'write', path: '~/.jupyter/jupyter_server_config.json' }],
      },
    },
    otherwise: { acts: [{ kind: 'write', path: '~/.jupyter/' }], only: '--generate-config' },
  },
  'useradd adduser userdel deluser usermod groupadd addgroup groupdel delgroup groupmod gpasswd chpasswd chage chsh chfn newusers visudo vipw':
    ACCOUNT,
  passwd: { ...ACCOUNT, unless: '-S --status' },
  'htpasswd htdigest': { operands: 'edit', values: '-C', unless: '-n' },
  'id whoami who w users groups last lastlog getent logname tty finger': {},
  'uname arch nproc lscpu lspci lsusb lsmod lsof lshw dmidecode free uptime vmstat iostat mpstat sar dmesg getconf locale cal systemd-analyze systemd-cgls systemd-detect-virt runlevel lsns lsipc ipcs pcs sensors nvidia-smi rocm-smi nvtop hwinfo inxi neofetch acpi lslocks lsb_release sw_vers':
    {},
  hostname: { ...SERVICE, atLeast: 1 },
  date: {
    values: '-d -r -s --date --set --reference -f',
    acts: [{ kind: 'service', action: 'set' }],
    only: '-s --set',
  },
  sysctl: { ...SERVICE, only: '-w -p --write --load --system' },
  'modprobe insmod rmmod setenforce hwclock kexec': { ...SERVICE, atLeast: 1 },
  'swapon swapoff depmod': { ...SERVICE, unless: '-s --show --summary -n' },
  'reboot shutdown halt poweroff init telinit': { acts: [{ kind: 'kill' }] },
  'iptables ip6tables nft ufw firewall-cmd ipset ebtables': {
    ...SERVICE,
    unless: '-L -S --list --list-rules list status --state --list-all -C',
  },
  ip: {
    subs: { 'netns exec,': { likely: true } },
    acts: [{ kind: 'service' }],
    only: 'add del delete set flush replace change append up down',
  },
  'ifconfig ifup ifdown dhclient brctl ethtool iwconfig route arp': { ...SERVICE, atLeast: 2 },
  crontab: { acts: [{ kind: 'service', action: 'schedule' }], values: '-u', unless: '-l' },
  'at batch': { acts: [{ kind: 'service', action: 'schedule' }], unless: '-l' },
  atq: {},
  logrotate: { acts: [{ kind: 'write', path: '/var/log/' }], unless: '-d --debug' },
  'ulimit umask renice prlimit': {},
  'gpg gpg2': {
    values: '-r -u --homedir --passphrase --keyserver --recipient --local-user',
    paths: { '-o --output': 'write' },
    acts: [{ kind: 'write', path: '~/.gnupg/' }],
    only: '--import --gen-key --generate-key --quick-generate-key --full-generate-key --recv-keys --delete-key --delete-keys --edit-key -e -c -s --encrypt --symmetric --sign --detach-sign --clearsign --dearmor --batch',
    unless: '--list-keys --verify --list-secret-keys',
  },
  'ssh-keygen': {
    values: '-t -b -C -N -f -P -R -F',
    acts: [{ kind: 'write', path: '~/.ssh/' }],
    unless: '-l -y -F -B',
  },
  'ssh-add ssh-agent': {},
  'ssh-keyscan': { acts: [{ kind: 'fetch' }] },
  'ssh-copy-id': { acts: [{ kind: 'send' }] },
  'certbot mkcert easyrsa step': { acts: [{ kind: 'write', path: '/etc/letsencrypt/' }] },
  rencrypt: { values: '-p', paths: { '-o': 'write' }, operands: 'read' },
  'john hashcat': {
    acts: [{ kind: 'write', path: 'john.pot' }],
    unless: '--list --show --test',
    likely: true,
  },
  'setxkbmap xdotool wmctrl ydotool wtype': { acts: [{ kind: 'service' }] },
  'import maim xwd gnome-screenshot screencapture': { values: '-window -crop -g -i', operands: 'write' },
  scrot: { operands: 'write', bare: { acts: [{ kind: 'write', path: '*.png' }] } },
};

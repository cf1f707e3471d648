import type { Catalogue, CommandSpec } from '../spec.ts';

const SERVICE: CommandSpec = { acts: [{ kind: 'service' }] };
const CONFIGURE: CommandSpec = { acts: [{ kind: 'service', action: 'configure' }] };

/** What belongs to one operating system or desktop: macOS, mobile devices, boot loaders, security modules. */
export const PLATFORMS: Catalogue = {
  launchctl: { subs: { 'list print blame help managername procinfo': {} }, otherwise: SERVICE },
  defaults: { subs: { 'read read-type domains find help': {} }, otherwise: CONFIGURE },
  'osascript automator shortcuts': { acts: [{ kind: 'service', action: 'script' }], likely: true },
  hdiutil: { subs: { 'info imageinfo verify pmap help': {} }, otherwise: SERVICE },
  diskutil: { subs: { 'list info activity apfs': {} }, otherwise: SERVICE },
  codesign: {
    operands: 'edit',
    values: '-s -o -i --sign --entitlements --options',
    only: '-s --sign --remove-signature',
  },
  xattr: { values: '-d -w -p', acts: [{ kind: 'write', path: '.' }], only: '-d -w -c' },
  plutil: {
    dash: 'words',
    values: '-convert -o -replace -insert -remove -extract',
    operands: 'edit',
    only: '-convert -replace -insert -remove',
  },
  PlistBuddy: { values: '-c', operands: 'edit', unless: 'Print' },
  'security scutil pmset networksetup systemsetup dscl softwareupdate spctl csrutil nvram tccutil': {
    ...CONFIGURE,
    dash: 'words',
    unless:
      '-g -l -p --list -list --get -getinfo -listallnetworkservices -listallhardwareports -read -status status find-generic-password find-internet-password find-certificate list-keychains show-keychain-info',
    atLeast: 1,
  },
  sips: {
    values: '-g -s -Z -r --getProperty --setProperty',
    paths: { '-o --out': 'write' },
    acts: [{ kind: 'write', path: '.' }],
    unless: '-g --getProperty',
  },
  'mdfind mdls say system_profiler ioreg dtruss otool-classic vm_stat': {},
  'xcode-select': { acts: [{ kind: 'package', action: 'install' }], only: '--install -s --switch --reset' },
  xcodebuild: {
    dash: 'words',
    values: '-scheme -project -workspace -destination -configuration -sdk -derivedDataPath -resultBundlePath',
    subs: {
      'test test-without-building': { acts: [{ kind: 'test' }] },
      '-list -version -showsdks': {},
    },
    bare: { acts: [{ kind: 'build' }], dash: 'words', unless: '-list -version -showsdks -showBuildSettings' },
    otherwise: {
      acts: [{ kind: 'build' }],
      dash: 'words',
      unless: '-list -version -showsdks -showBuildSettings -usage',
    },
  },
  'pod carthage tuist xcodegen': {
    subs: { 'list search env ipc outdated version dump': {} },
    otherwise: { acts: [{ kind: 'package', action: 'install' }] },
  },
  simctl: { subs: { 'list getenv get_app_container': {} }, otherwise: SERVICE },
  adb: {
    values: '-s -t',
    subs: {
      'devices logcat version get-state get-serialno bugreport start-server wait-for-device': {},
      pull: { acts: [{ kind: 'fetch' }, { kind: 'write', path: '.' }] },
    },
    otherwise: { acts: [{ kind: 'send' }] },
  },
  'fastboot idevice_id ideviceinfo ideviceinstaller ios-deploy': {
    subs: { 'devices getvar list': {} },
    otherwise: { acts: [{ kind: 'send' }] },
  },
  'avdmanager sdkmanager': {
    acts: [{ kind: 'package', action: 'install' }],
    unless: '--list --list_installed list --licenses',
    atLeast: 1,
  },
  emulator: { acts: [{ kind: 'start' }], dash: 'words', unless: '-list-avds -version -accel-check' },
  'gsettings dconf gconftool-2 kwriteconfig5 xfconf-query': {
    subs: { 'get list-schemas list-keys list-recursively range describe read list dump watch': {} },
    otherwise: CONFIGURE,
  },
  'dbus-send gdbus busctl qdbus dbus-monitor': { acts: [{ kind: 'fetch' }], likely: true },
  'notify-send zenity dialog whiptail kdialog xmessage mesg wall write': {},
  'xdpyinfo xwininfo xprop xlsclients glxinfo vulkaninfo fc-list fc-match fc-query lsinitramfs efibootmgr':
    {},
  'xrandr xset': { ...SERVICE, dash: 'words', atLeast: 1, unless: 'q -q --query --listmonitors' },
  'fc-cache update-desktop-database update-mime-database gtk-update-icon-cache mandb': {
    acts: [{ kind: 'write', path: '/var/cache/' }],
  },
  'update-initramfs mkinitramfs mkinitcpio dracut update-grub grub-install grub-mkconfig grub2-mkconfig update-grub2 lilo':
    {
      ...CONFIGURE,
      paths: { '-o --output': 'write' },
    },
  'sestatus getenforce getsebool aa-status seinfo sesearch ausearch auditctl': {},
  'semanage semodule setsebool restorecon aa-enforce aa-complain aa-disable apparmor_parser': {
    ...CONFIGURE,
    unless: '-l --list -n',
    atLeast: 1,
  },
  'a2ensite a2dissite a2enmod a2dismod a2enconf a2disconf phpenmod phpdismod': CONFIGURE,
  logger: { acts: [{ kind: 'write', path: '/var/log/syslog' }], likely: true },
  'winget choco scoop': {
    subs: { 'list search show info export status': {} },
    otherwise: { acts: [{ kind: 'package', action: 'install' }] },
  },
  'reg schtasks sc netsh icacls takeown setx': {
    subs: { 'query show queryex': {} },
    otherwise: { ...CONFIGURE, atLeast: 1 },
  },
  'tasklist systeminfo ver where ipconfig': {},
  taskkill: { acts: [{ kind: 'kill' }] },
};

import type { Certainty } from '../../model/effect.ts';
import type { Call, Host } from './host.ts';
import type { ReadOptions } from './options.ts';
import type { Act } from './spec.ts';

interface Situation {
  readonly call: Call;
  /** The subcommand that picked the entry, if any. */
  readonly sub: string;
  readonly options: ReadOptions;
  readonly certainty: Certainty;
}

/** `service NAME ACTION`; everywhere else the action comes first. */
const NAME_FIRST = new Set(['service', 'rc-service', 'invoke-rc.d', 'rc-update', 'chkconfig']);

/** Emits what a program does besides touching the paths that it is given. */
export function emitActs(acts: readonly Act[], situation: Situation, host: Host): void {
  const { call, sub, options, certainty } = situation;
  const operands = options.operands.map((operand) => operand.value);
  for (const act of acts) {
    switch (act.kind) {
      case 'package': {
        const files = options.values('-r', '--requirement').map((value) => value.value);
        for (const path of files) host.emit({ kind: 'read', path, certainty });
        const manager = act.manager ?? call.name;
        const names = operands.filter((name) => name !== '');
        host.emit({ kind: 'package', manager, action: act.action, names, certainty });
        break;
      }
      case 'service': {
        const [first, second] = operands;
        const signal = options.value('-s')?.value;
        if (NAME_FIRST.has(call.name)) {
          const action = act.action ?? second ?? 'start';
          host.emit({ kind: 'service', name: first ?? call.name, action, certainty });
        } else if (sub !== '') {
          const name = operands.find((word) => word !== sub) ?? call.name;
          host.emit({ kind: 'service', name, action: act.action ?? sub, certainty });
        } else {
          // The program is the service itself, or sets something of the system.
          const action = act.action ?? signal ?? first ?? 'start';
          host.emit({ kind: 'service', name: call.name, action, certainty });
        }
        break;
      }
      case 'account':
        host.emit({ kind: 'account', what: [call.name, ...operands].join(' '), certainty });
        break;
      case 'build':
        host.emit({
          kind: 'build',
          tool: call.name,
          targets: sub === '' || operands[0] === sub ? operands : [sub, ...operands],
          certainty,
        });
        break;
      case 'kill':
        host.emit({
          kind: 'process',
          action: 'kill',
          what: operands.join(' ') || call.name,
          background: false,
          certainty,
        });
        break;
      case 'wait':
        host.emit({
          kind: 'process',
          action: 'wait',
          what: [call.name, ...operands].join(' '),
          background: false,
          certainty,
        });
        break;
      case 'start':
        host.emit({ kind: 'process', action: 'start', what: call.name, background: true, certainty });
        break;
      case 'fetch':
      case 'send': {
        const target = operands[0];
        host.emit({
          kind: 'network',
          direction: act.kind,
          ...(target !== undefined && { target }),
          certainty,
        });
        break;
      }
      case 'test':
        host.emit({ kind: 'test', runner: call.name, targets: operands, certainty });
        break;
      case 'run':
        host.emit({
          kind: 'run',
          program: call.name,
          ...(operands[0] !== undefined && { script: operands[0] }),
          certainty,
        });
        break;
      case 'git':
        host.emit({ kind: 'git', command: sub, args: operands, changes: act.changes, certainty });
        break;
      case 'write': {
        // A folder or a pattern is no file of which a version could be kept.
        const place = act.path === '.' || act.path.endsWith('/') || act.path.includes('*');
        host.emit(
          place
            ? { kind: 'build', tool: call.name, targets: [act.path], certainty }
            : { kind: 'write', path: act.path, change: act.change ?? { kind: 'unknown' }, certainty },
        );
        break;
      }
    }
  }
}

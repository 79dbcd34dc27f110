import { spawnSync } from 'node:child_process';
import { errorLineOf } from '../errorLine.js';
import type { System } from '../system.js';

/** PyTorch in channels last, in addition to its default memory format. */
export function channelsLast(system: System): System {
  return variantOf(system, 'channels last', '--channels-last');
}

/** PyTorch with `torch.compile`, or one line that says why it cannot compile. */
export function compiled(system: System): System | string {
  const { status, stderr } = spawnSync(system.command[0], [...system.command.slice(1), '--check-compile'], {
    encoding: 'utf8',
  });
  if (status === 0) return variantOf(system, 'torch.compile', '--compile');
  return `${system.name}, torch.compile: ${errorLineOf(stderr)}; it needs a C++ compiler such as g++`;
}

function variantOf(system: System, variant: NonNullable<System['variant']>, option: string): System {
  return {
    ...system,
    name: `${system.name}, ${variant}`,
    variant,
    command: [...system.command, option],
  };
}

import { MachineError } from '../../core/errors.js';
import { MemoryError } from '../../plan/arena.js';

/** A failure of a GPU; another device can do the work. */
export class GpuError extends MachineError {}

/** Less memory on a GPU than plans need. */
export class GpuMemoryError extends MemoryError {}

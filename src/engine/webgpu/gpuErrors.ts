import { MachineError } from '../../core/errors.js';

/** A failure of a GPU; another device can do the work. */
export class GpuError extends MachineError {}

/** A GPU has no memory left; it may have when other programs have ended. */
export class GpuMemoryError extends GpuError {}

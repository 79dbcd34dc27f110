import { expect, test } from 'vitest';
import { addDevice, describeHardware, devicesUntil } from '#inkling/train/device/usedDevices.js';

const gpu = { kind: 'gpu', adapter: 'Fake 9000' } as const;
const chosenCpu = { kind: 'cpu', adapter: 'Fake 9000', trial: { cpu: 2, gpu: 1 } } as const;
const cpuFirst = { from: 1, kind: 'cpu' } as const;

test('a run on the CPU records no device, unless it was chosen', () => {
  expect(addDevice(undefined, undefined, 0)).toBeUndefined();
  expect(addDevice(undefined, undefined, 3)).toBeUndefined();
  expect(addDevice(undefined, chosenCpu, 0)).toEqual([{ from: 1, ...chosenCpu }]);
});

test('a run that is resumed records where each device has begun', () => {
  const first = addDevice(undefined, gpu, 0);
  expect(first).toEqual([{ from: 1, ...gpu }]);
  expect(addDevice(first, gpu, 2)).toEqual(first);
  expect(addDevice(first, undefined, 2)).toEqual([
    { from: 1, ...gpu },
    { from: 3, kind: 'cpu' },
  ]);
  expect(addDevice(undefined, gpu, 2)).toEqual([cpuFirst, { from: 3, ...gpu }]);
  expect(addDevice(undefined, chosenCpu, 2)).toEqual([cpuFirst]);
  expect(addDevice(first, { kind: 'gpu', adapter: 'other' }, 2)).toHaveLength(2);
  expect(addDevice(first, undefined, 0)).toEqual([cpuFirst]);
});

test('a device that completed no epoch is not named, unless no other has begun', () => {
  const both = [cpuFirst, { from: 3, ...gpu }];
  expect(devicesUntil(both, 2)).toEqual([cpuFirst]);
  expect(devicesUntil(both, 3)).toEqual(both);
  expect(devicesUntil([cpuFirst], 0)).toEqual([cpuFirst]);
});

test('describes what a run was trained on', () => {
  const machine = { cpu: 'Intel Xeon', threads: 2 };
  expect(describeHardware(machine)).toBe('Intel Xeon, 2 threads');
  const devices = [{ from: 1, ...gpu }];
  expect(describeHardware({ ...machine, devices })).toBe('Intel Xeon, 2 threads, GPU Fake 9000');
  expect(describeHardware({ ...machine, devices: addDevice(devices, undefined, 2) })).toBe(
    'Intel Xeon, 2 threads, GPU Fake 9000 (epochs 1 to 2)',
  );
  expect(describeHardware({ ...machine, devices: addDevice(undefined, gpu, 2) })).toBe(
    'Intel Xeon, 2 threads, GPU Fake 9000 (from epoch 3)',
  );
});

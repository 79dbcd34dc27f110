import { expect, test } from 'vitest';
import { relu } from '#inkling/layers/index.js';
import { groupModules, groupName, groupSize, isDeep } from '#inkling/models/moduleGroups.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';

const photos = { input: [224, 224, 3], classes: 1000 };
const small = { input: [28, 28, 1], classes: 10 };

test('repeated blocks are one group, as in the table of the paper on EfficientNet', () => {
  const model = resolveModel(preset('efficientnet-lite0', photos));
  const groups = groupModules(model);
  expect(groups.map((group) => [groupName(group), group.blocks, group.output.join('×')])).toEqual([
    ['normalize', 0, '224×224×3'],
    ['_conv_stem – _bn0_relu', 0, '112×112×32'],
    ['_blocks.0', 1, '112×112×16'],
    ['_blocks.1 – _blocks.2', 2, '56×56×24'],
    ['_blocks.3 – _blocks.4', 2, '28×28×40'],
    ['_blocks.5 – _blocks.7', 3, '14×14×80'],
    ['_blocks.8 – _blocks.10', 3, '14×14×112'],
    ['_blocks.11 – _blocks.14', 4, '7×7×192'],
    ['_blocks.15', 1, '7×7×320'],
    ['_conv_head – _bn1_relu', 0, '7×7×1280'],
    ['pool', 0, '1×1×1280'],
    ['flatten – _dropout', 0, '1280'],
    ['_fc', 0, '1000'],
  ]);
  expect(groups.slice(0, 4).map(groupSize)).toEqual([
    '',
    '3 modules',
    '1 block, 5 modules',
    '2 blocks, 17 modules',
  ]);
});

test.each(['resnet-18', 'mobilenet-v2', 'mobilenet-v3-small'] as const)(
  'every module of %s is in one of a few groups',
  (name) => {
    const model = resolveModel(preset(name, photos));
    const groups = groupModules(model);
    expect(isDeep(model)).toBe(true);
    expect(groups.length).toBeLessThan(15);
    const total = (key: 'modules' | 'parameters' | 'multiplyAdds') =>
      groups.reduce((sum, group) => sum + group[key], 0);
    expect(total('modules')).toBe(model.allLayers.length);
    expect(total('parameters')).toBe(model.parameterCount);
    expect(total('multiplyAdds')).toBe(model.multiplyAdds);
  },
);

test.each(['report-cnn', 'deep-cnn-dropout', 'resnet-small'] as const)('%s is not deep', (name) => {
  expect(isDeep(resolveModel(preset(name, small)))).toBe(false);
});

test('layers without names are modules of their own', () => {
  const { input, layers } = preset('mlp', small);
  const unnamed = [...layers, relu(), relu()].map((layer) => ({ ...layer, name: undefined }));
  const groups = groupModules(resolveModel({ name: 'unnamed', input, layers: unnamed }));
  expect(groups.map((group) => [groupName(group), group.blocks])).toEqual([
    ['0', 0],
    ['1 – 2', 0],
    ['3 – 5', 0],
  ]);
});

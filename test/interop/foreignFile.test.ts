import { expect, test } from 'vitest';
import { decodeSafetensors } from '#inkling/interop/decodeSafetensors.js';

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

test.each<[file: string, content: string, message: string]>([
  [
    'net.pt',
    `PK\x03\x04${'\0'.repeat(26)}archive/data.pkl`,
    'a PyTorch file (torch.save); it contains only weights: state their model with inkling import FILE --model NAME',
  ],
  ['weights', `PK\x03\x04${'\0'.repeat(26)}archive/data.pkl`, 'a PyTorch file (torch.save); '],
  ['old.pth', '\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.', 'a PyTorch file (torch.save); '],
  [
    'forest.pkl',
    '\x80\x04\x95\x0b\0\0\0\0\0\0\0\x8c.',
    'a Python pickle; save the weights with PyTorch instead: ',
  ],
  [
    'model.onnx',
    '\x08\x08\x12\x07pytorch\x1a',
    'an ONNX model; make a run of it with inkling import FILE, or fine-tune it with inkling train --init-from FILE',
  ],
  ['model', '\x08\x07\x12\x07pytorch\x1a', 'an ONNX model; '],
  ['keras.h5', `\x89HDF\r\n\x1a\n${'\0'.repeat(9)}`, 'a Keras model (HDF5); '],
  ['small.tflite', '\x1c\0\0\0TFL3\x14\0', 'a TensorFlow Lite model; '],
  ['w.safetensors', 'version https://git-lfs.github.com/spec/v1\n', 'a Git LFS pointer; '],
  ['w.safetensors', '<!DOCTYPE html><html>Not found</html>', 'a web page (HTML); '],
  ['photo.png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'a PNG image'],
  ['photos.zip', `PK\x03\x04${'\0'.repeat(26)}cat.png`, 'a zip archive; '],
])('identifies %s by its content', (file, content, message) => {
  expect(() => decodeSafetensors(bytesOf(content), file)).toThrow(
    `${file}: expected a safetensors file, got ${message}`,
  );
});

import { expect, test } from 'vitest';
import { describeUnexpected, identifyFile } from '#inkling/core/files/fileType.js';

function bytesOf(text: string, length = 64): Uint8Array {
  const bytes = new Uint8Array(Math.max(length, text.length));
  bytes.set(Array.from(text, (character) => character.charCodeAt(0)));
  return bytes;
}

const box = (brand: string, compatible = 'mif1') => `\0\0\0\x18ftyp${brand}\0\0\0\0${compatible}${brand}`;

test.each([
  ['', 'an empty file'],
  ['\x89PNG\r\n\x1a\n', 'a PNG image'],
  ['\xff\xd8\xff\xe1', 'a JPEG image'],
  ['RIFF\0\0\0\0WEBPVP8 ', 'a WebP image'],
  ['GIF89a', 'a GIF image'],
  ['BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0', 'a BMP image'],
  ['II*\0', 'a TIFF image'],
  ['MM\0*', 'a TIFF image'],
  [box('heic'), 'an HEIC image'],
  [box('mif1', 'heic'), 'an HEIC image'],
  [box('avif'), 'an AVIF image'],
  [box('mif1', 'avif'), 'an AVIF image'],
  [box('isom', 'mp41'), 'a video'],
  ['%PDF-1.7', 'a PDF document'],
  ['PK\x03\x04', 'a zip archive'],
  ["7z\xbc\xaf'\x1c", 'a 7z archive'],
  ['Rar!\x1a\x07\x01\0', 'a RAR archive'],
  ['\x1f\x8b\x08', 'a gzip-compressed file'],
  ['\0\x05\x16\x07\0\x02', 'a macOS metadata file (its name starts with "._")'],
  ['\x80\x02}q\0.', 'a Python pickle'],
  ['\x07\x08\x09\x0e', 'binary data of an unknown type'],
])('identifies %j', (start, name) => {
  expect(identifyFile(start === '' ? new Uint8Array() : bytesOf(start)).name).toBe(name);
});

test.each([
  ['version https://git-lfs.github.com/spec/v1\noid sha256:00', 'a Git LFS pointer'],
  ['\n<!DOCTYPE html><html><svg></svg></html>', 'a web page (HTML)'],
  ['<HTML lang=en>', 'a web page (HTML)'],
  ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">', 'an SVG image'],
  ['<?xml version="1.0"?><annotation>', 'an XML file'],
  ['{"error": "not found"}', 'a JSON file'],
  ['BM is short for bitmap', 'a text file'],
  ['Grüße', 'a text file'],
  ['data:image/png;base64,iVBORw0KGgo=', 'the base64 text of an image'],
  ['iVBORw0KGgoAAAANSUhEUg', 'the base64 text of an image'],
])('identifies the text %j', (text, name) => {
  expect(identifyFile(new TextEncoder().encode(text)).name).toBe(name);
});

test('describes the file, what was expected, and what to do', () => {
  expect(describeUnexpected(identifyFile(bytesOf('PK\x03\x04')), 'an image')).toBe(
    'the file is a zip archive, expected an image; unpack it and use the files in it',
  );
  expect(describeUnexpected(identifyFile(new TextEncoder().encode('seven')), 'an image')).toBe(
    'the file is a text file, expected an image',
  );
});

#!/usr/bin/env node
// Old versions of Node.js must be able to run this file, so that it can report the required version: it has no static imports, since
// these versions would fail at the first file with newer syntax or features.

/** The same as in package.json. */
const MIN_NODE_VERSION = 20;

if (Number.parseInt(process.versions.node) < MIN_NODE_VERSION) {
  process.stderr.write(
    `inkling: needs Node.js ${String(MIN_NODE_VERSION)} or newer, got ${process.versions.node}; install a current version from https://nodejs.org\n`,
  );
  process.exitCode = 1;
} else {
  void import('./main.js');
}

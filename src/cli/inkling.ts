#!/usr/bin/env node
// Old versions of Node.js must be able to run this file, so that they can report what is needed: it imports nothing statically, since
// they would stop at the first file with newer syntax or features.

/** As in package.json. */
const MIN_NODE_VERSION = 20;

if (Number.parseInt(process.versions.node) < MIN_NODE_VERSION) {
  process.stderr.write(
    `inkling: needs Node.js ${String(MIN_NODE_VERSION)} or newer, got ${process.versions.node}; install a current version from https://nodejs.org\n`,
  );
  process.exitCode = 1;
} else {
  void import('./main.js');
}

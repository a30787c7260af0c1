/**
 * Loaded into each Node.js that runs this project's TypeScript, which swc compiles as it does for Jest. It looks at
 * nothing in node_modules: n8n's engine alone has 1,700 files, and starts in half of the time so.
 */
const { transformSync } = require('@swc/core');
const { addHook } = require('pirates');
const { SWC } = require('./swc.cjs');

process.setSourceMapsEnabled(true);
addHook(
	(code, filename) =>
		transformSync(code, { ...SWC, filename, module: { type: 'commonjs' }, sourceMaps: 'inline' }).code,
	{ exts: ['.ts'] },
);

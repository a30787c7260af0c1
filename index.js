/**
 * The package by its classes: every node and every credential that package.json's `n8n` section names,
 * under its class name. n8n itself reads that section and not this file.
 */
const { basename, join } = require('node:path');
const { n8n } = require('./package.json');

for (const path of [...n8n.credentials, ...n8n.nodes]) {
	const name = basename(path).split('.')[0];
	exports[name] = require(join(__dirname, path))[name];
}

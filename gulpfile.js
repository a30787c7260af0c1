const { dest, parallel, src } = require('gulp');

/** Icons and codex files stand beside their node's source; n8n reads them beside its compiled form. */
const assets = (folder) => () =>
	src(`${folder}/**/*.{svg,png,node.json}`, { encoding: false }).pipe(dest(`dist/${folder}`));

exports.default = parallel(assets('nodes'), assets('credentials'));

/** How swc compiles this project's TypeScript, for Jest and for `typescript.cjs`. Types are checked by tsc alone. */
exports.SWC = /** @type {const} */ ({
	swcrc: false,
	jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2023' },
});

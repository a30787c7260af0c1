/** The order of the test files, by Jest's `testSequencer`. */
const { readFileSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** What a test file imports that works with processes of its own. */
const OTHER_PROCESSES = /from '(node:child_process|.*\/(engineProcess|ownProcess|prove\/engines))'/;

/**
 * As Jest has it, the longest files first, or the largest where it does not know yet. But before them those that wait
 * for other processes most of the time: what waits last would leave the cores with nothing to do.
 */
module.exports = class extends Sequencer {
	/**
	 * @override
	 * @param {Parameters<Sequencer['sort']>[0]} tests
	 */
	async sort(tests) {
		const sorted = await super.sort(tests);
		const waits = new Set(sorted.filter(({ path }) => OTHER_PROCESSES.test(readFileSync(path, 'utf8'))));
		return [...waits, ...sorted.filter((test) => !waits.has(test))];
	}
};

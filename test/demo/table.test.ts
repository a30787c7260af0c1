import { table } from '../../demo/table';

describe('table', () => {
	it('aligns every column to its widest cell and ends no line with blanks', () => {
		expect(
			table(
				['Move', 'To'],
				[
					['M-1', 'HQ-3-101'],
					['M-1000', ''],
				],
			),
		).toBe(['Move    To', '──────  ────────', 'M-1     HQ-3-101', 'M-1000'].join('\n'));
	});

	it('counts characters as a reader does', () => {
		const [, , accented, family] = table(
			['Name', 'x'],
			[
				['Chloe\u0301', 'x'],
				['👩‍👩‍👧', 'x'],
			],
		).split('\n');
		expect(accented).toBe('Chloe\u0301  x');
		expect(family).toBe('👩‍👩‍👧      x');
	});

	it('shows the headings alone when there is nothing to list', () => {
		expect(table(['Move'], [])).toBe('Move\n────');
	});
});

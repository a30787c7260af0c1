import { ExactNumber, numberText, readNumber, readWholeNumber } from '../../../salesforce/values/number';
import type { NumberValue } from '../../../salesforce/values/number';
import { fc } from '../../support/properties';

const digitsOf = (value: unknown): string => {
	const read = readNumber(value);
	return 'value' in read ? numberText(read.value) : 'refused';
};

describe('a number', () => {
	it.each<[unknown, NumberValue]>([
		[12, 12],
		[-0.5, -0.5],
		[' 12 ', 12],
		['+7', 7],
		['1e3', 1000],
		['.5', 0.5],
		['007', 7],
		['-0', 0],
		['1.50', 1.5],
		[9007199254740991, 9007199254740991],
		['9007199254740992', 9007199254740992],
		['9007199254740993', new ExactNumber('9007199254740993')],
		['123456789012345678', new ExactNumber('123456789012345678')],
		['-0123456789012345.678900', new ExactNumber('-123456789012345.6789')],
		['1.6147805824397E13', 16147805824397],
		[123456789012345678n, new ExactNumber('123456789012345678')],
	])('is read from %p', (value, expected) => {
		expect(readNumber(value)).toEqual({ value: expected });
	});

	it.each([
		['NaN'],
		['0x10'],
		['1,234.5'],
		['1.234,5'],
		['1 000'],
		['١٢'],
		['12abc'],
		['--1'],
		['1e'],
		['1e999999999'],
		[''],
		[' '],
		[NaN],
		[Infinity],
		[true],
		[null],
		[undefined],
		[[1]],
		[{}],
	])('is not made of %p', (value) => {
		expect(readNumber(value)).toEqual({ wants: 'a number such as 1234.5, without separators of thousands' });
	});

	it.each([9007199254740992, -9007199254740992, 7234567890123456781, 1e21, Number.MAX_VALUE])(
		'as %p has lost digits, and is wanted as text',
		(value) => {
			expect(readNumber(value)).toEqual({
				wants: 'a number that n8n holds with every digit',
				remedy: expect.stringContaining('Send it as text'),
			});
			expect(readWholeNumber(value)).toEqual(readNumber(value));
		},
	);

	it.each([1.5, '1.5', '0.000001', '', 'a'])('is not whole as %p', (value) => {
		expect(readWholeNumber(value)).toEqual({ wants: 'a whole number' });
	});

	it.each([5, '5', '5.0', '50e-1', '123456789012345678'])('is whole as %p', (value) => {
		expect(readWholeNumber(value)).toEqual(readNumber(value));
	});

	it('has an exact number as its digits in JSON', () => {
		const body = { N__c: new ExactNumber('123456789012345678'), list: [new ExactNumber('-0.1')] };
		expect(JSON.stringify(body)).toBe('{"N__c":123456789012345678,"list":[-0.1]}');
	});

	it('keeps every digit of a text', () => {
		const digit = fc.integer({ min: 0, max: 9 });
		const text = fc.tuple(
			fc.constantFrom('', '-'),
			fc.array(digit, { minLength: 1, maxLength: 30 }),
			fc.array(digit, { maxLength: 30 }),
		);
		fc.assert(
			fc.property(text, ([sign, whole, decimals]) => {
				const before = whole.join('').replace(/^0+(?=\d)/, '');
				const after = decimals.join('').replace(/0+$/, '');
				const plain = after === '' ? before : `${before}.${after}`;
				expect(digitsOf(`${sign}${whole.join('')}.${decimals.join('')}`)).toBe(plain === '0' ? '0' : sign + plain);
			}),
		);
	});

	it('is the same by text as by itself, unless it is refused', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
				const read = readNumber(number);
				if ('wants' in read) expect(Math.abs(number)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
				else {
					expect(Number(numberText(read.value))).toBe(number === 0 ? 0 : number);
					expect(numberText(read.value)).toMatch(/^-?\d+(\.\d+)?$/);
				}
			}),
		);
	});

	it('is exact in a body, whatever its length', () => {
		fc.assert(
			fc.property(fc.bigInt(), (number) => {
				const read = readNumber(String(number));
				if (!('value' in read)) throw new Error('refused');
				const json = JSON.stringify(read.value);
				// JSON has exponents from 10^21 on; those that come of a double are exact in decimals.
				expect(digitsOf(json)).toBe(String(number));
			}),
		);
	});
});

import { readRecord, Signer } from '../../salesforce/signature';
import type { SignedUse } from '../../salesforce/signature';

const ORG = '00Dxx0000001gPLEAY';
const SECRET = 'a secret that a machine made';
const signer = (secret = SECRET, org = ORG, use: SignedUse = 'reclaim') => new Signer(secret, org, use);

const record = {
	version: 1,
	userId: '005xx0000000001AAA',
	before: { IsActive: true, Nothing: null, Text: 'Zoë "quoted" \\ \n 日本 🙂' },
	list: [{ b: 1, a: 0.1 }, [], 2],
	10: 'ten',
	2: 'two',
};

/** As `record`, with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([key, member]) => [key, reversed(member)]),
	);
}

describe('a signed record', () => {
	const signed = signer().sign(record);

	it.each<[string, unknown]>([
		['as it was', signed],
		['after JSON and back', JSON.parse(JSON.stringify(signed))],
		['with its keys in another order', reversed(signed)],
		['as text of a table', JSON.stringify(signed)],
		['as text with line breaks', JSON.stringify(reversed(signed), null, 2)],
		['as text within text', JSON.stringify(JSON.stringify(signed))],
		['with members that JSON leaves out', { ...signed, before: { ...record.before, more: undefined } }],
		['signed once more', signer().sign(signed)],
	])('is valid %s', (_how, value) => {
		expect(signer().verdict(readRecord(value) ?? {})).toBe('valid');
	});

	it.each<[string, object]>([
		['another value', { ...signed, userId: '005xx0000000002AAA' }],
		['a value more', { ...signed, more: 1 }],
		['a value less', { ...signed, version: undefined }],
		['a number as text', { ...signed, version: '1' }],
		['a list in another order', { ...signed, list: [...record.list].reverse() }],
		['a list in the place of an object', { ...signed, before: Object.entries(record.before) }],
		['text that would pass for members', { ...signed, before: '{"IsActive":true}' }],
		['another end of its signature', { ...signed, signature: `${signed.signature.slice(0, -2)}AA` }],
		['half of its signature', { ...signed, signature: signed.signature.slice(0, -20) }],
	])('is altered with %s', (_how, value) => {
		expect(signer().verdict(value)).toBe('altered');
	});

	it.each<[string, Signer]>([
		['another secret', signer('another secret')],
		['another org', signer(SECRET, '00Dxx0000001gPMEAY')],
		['another use', signer(SECRET, ORG, 'change')],
	])('tells %s', (_how, other) => {
		expect(other.verdict(signed)).toBe('otherSecret');
	});

	it('takes an ID of the org of 15 characters for the same', () => {
		expect(signer(SECRET, ORG.slice(0, 15)).verdict(signed)).toBe('valid');
	});

	it.each<[string, unknown]>([
		['none', undefined],
		['null', null],
		['an object', { valid: true }],
		['empty text', ''],
		['another form', `2${signed.signature.slice(1)}`],
		['too many parts', `${signed.signature}.x`],
		['too few', signed.signature.split('.').slice(0, 2).join('.')],
	])('is unsigned with %s for a signature', (_how, signature) => {
		expect(signer().verdict({ ...record, signature })).toBe('unsigned');
	});

	it('gives neither the secret nor the key away', () => {
		const shown = JSON.stringify([signed, signer(), Object.entries(signer())]);
		expect(shown).not.toContain(SECRET);
		expect(Object.keys(signer())).toEqual(['keyId']);
	});
});

describe('readRecord', () => {
	it.each<[unknown]>([[undefined], [null], [''], ['[object Object]'], ['{"a":'], ['[1]'], [[]], [5], ['5'], [true]])(
		'reads nothing of %j',
		(value) => {
			expect(readRecord(value)).toBeUndefined();
		},
	);
});

import { isRecordId, longRecordId } from '../../salesforce/recordId';

describe('isRecordId', () => {
	it.each(['0018M000003uKqq', '001D000000IqhSLIAZ', '0125g000000HMrYAAW'])('accepts %s', (id) => {
		expect(isRecordId(id)).toBe(true);
	});

	it.each([
		'',
		'001D000000IqhSL1',
		'001D000000IqhSLIAY',
		'001d000000IqhSLIAZ',
		'001D000000Iqh-L',
		"001D000000Iqh'L",
		'https://example',
	])('refuses %j', (text) => {
		expect(isRecordId(text)).toBe(false);
	});
});

describe('longRecordId', () => {
	it('adds the three characters that stand for the capitals', () => {
		expect(longRecordId('001D000000IqhSL')).toBe('001D000000IqhSLIAZ');
		expect(longRecordId('0125g000000HMrY')).toBe('0125g000000HMrYAAW');
	});
});

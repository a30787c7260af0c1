import { isRecordId, longRecordId } from '../recordId';
import type { ReadValue } from './readValue';

/** A record ID, in its form of 18 characters. */
export function readId(value: unknown): ReadValue<string> {
	const id = typeof value === 'string' ? value.trim() : '';
	if (isRecordId(id)) return { value: longRecordId(id.slice(0, 15)) };
	return {
		wants: 'a Salesforce ID of 15 or 18 letters and digits',
		remedy: 'Capitals count in IDs, and so do zeros at the front: copy it again, and keep it as text.',
	};
}

import { dataError } from '../errors';
import type { ObjectSchema } from '../schema/types';
import type { Org } from '../org';
import type { Row } from '../storage';
import { indexOf } from './fieldIndex';

/** Fields whose duplicates Salesforce words in a way of their own; the one of users' names is documented. */
const WORDED: Record<string, { errorCode: string; message: string }> = {
	'User.Username': {
		errorCode: 'DUPLICATE_USERNAME',
		message:
			"Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address).",
	},
	// Seen in orgs' provisioning logs, without its code, which is assumed.
	'User.FederationIdentifier': {
		errorCode: 'DUPLICATE_VALUE',
		message: 'This Federation ID is already in use. Use a different Federation ID.',
	},
	'User.CommunityNickname': {
		errorCode: 'DUPLICATE_COMM_NICKNAME',
		message: 'Duplicate Nickname.<br>Another user has already selected this nickname.<br>Please select another.',
	},
};

/**
 * @throws DUPLICATE_VALUE when a unique field's value belongs to another record that is not deleted
 */
export function checkUnique(org: Org, row: Row, object: ObjectSchema, id?: string): void {
	for (const field of indexOf(object).unique) {
		const value = row[field.name];
		if (value === null || value === undefined) continue;
		const other = org.storage
			.findBy(object.name, field.name, value, field.caseSensitive)
			.find((one) => one.Id !== id && one.IsDeleted !== 1);
		if (!other) continue;
		const worded = WORDED[`${object.name}.${field.name}`];
		if (worded) throw dataError(worded.errorCode, worded.message, [field.name]);
		throw dataError(
			'DUPLICATE_VALUE',
			`duplicate value found: ${field.name} duplicates value on record with id: ${String(other.Id).slice(0, 15)}`,
		);
	}
}

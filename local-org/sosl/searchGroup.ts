import type { FieldSchema, ObjectSchema } from '../schema/types';

/** The groups of SOSL's IN … FIELDS that this org knows. */
export const SEARCH_GROUPS = ['ALL', 'NAME', 'EMAIL', 'PHONE'] as const;
export type SearchGroup = (typeof SEARCH_GROUPS)[number];

/** Field types that Salesforce's search looks into. */
const TEXT: FieldSchema['type'][] = ['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'combobox'];

/** What NAME FIELDS searches beside the field that describe calls the name field (docs:soql-sosl/sosl-in). */
const MORE_NAMES: Record<string, string[]> = {
	Account: ['Website', 'Site'],
	Asset: ['SerialNumber'],
	Case: ['SuppliedName', 'SuppliedCompany', 'Subject'],
	Contact: ['AssistantName'],
	Event: ['Subject'],
	Lead: ['Company'],
	PermissionSet: ['Label'],
	Task: ['Subject'],
	User: ['CommunityNickname'],
};

/** The fields of an object that a search in a group looks into (docs:soql-sosl/sosl-in). */
export function searchedFields(object: ObjectSchema, group: SearchGroup): FieldSchema[] {
	const names = MORE_NAMES[object.name] ?? [];
	return object.fields.filter(({ name, type, nameField }) => {
		switch (group) {
			case 'ALL':
				return TEXT.includes(type);
			case 'NAME':
				return nameField === true || names.includes(name);
			case 'EMAIL':
				return type === 'email';
			case 'PHONE':
				return type === 'phone';
		}
	});
}

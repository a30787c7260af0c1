import type { OrgCurrency } from '../options';
import { completeObject } from './complete';
import { AUDIT, READ_ONLY, checkbox, field, picklist, recordId } from './fields';
import type { Extra } from './fields';
import type { FieldSchema, ObjectSchema } from './types';

/**
 * The standard objects here whose records have a currency (docs:object-reference names it for the greater part; assumed
 * for Asset and for teams). Every custom object has one.
 */
const WITH_CURRENCY = [
	'Account',
	'AccountTeamMember',
	'Asset',
	'Case',
	'Contact',
	'Event',
	'Lead',
	'Opportunity',
	'OpportunityTeamMember',
	'Task',
	'TenantUsageEntitlement',
	'User',
];

/** Whose new records have which currency: users their own, an org its corporate one. */
const WITH_DEFAULT: Record<string, Extra> = {
	User: { nillable: true, defaultedOnCreate: true },
	Organization: READ_ONLY,
};

/** The currencies of an org with several (docs:object-reference/currencytype); the prefix of its IDs is assumed. */
const CURRENCY_TYPE: ObjectSchema = completeObject({
	name: 'CurrencyType',
	label: 'Currency Type',
	labelPlural: 'Currency Types',
	keyPrefix: '01L',
	deletable: false,
	searchable: false,
	setup: true,
	fields: [
		recordId('Currency Type ID'),
		picklist('IsoCode', 'Currency ISO Code', [], { length: 40, nillable: false, unique: true, permissionable: false }),
		field('ConversionRate', 'Conversion Rate', 'double', {
			precision: 18,
			scale: 6,
			nillable: false,
			permissionable: false,
		}),
		field('DecimalPlaces', 'Decimal Places', 'int', { nillable: false, permissionable: false }),
		checkbox('IsActive', 'Active', { permissionable: false }),
		checkbox('IsCorporate', 'Corporate Currency', { permissionable: false }),
		...AUDIT,
	],
});

/** The currencies themselves as an object, in an org with several. */
export const currencyTypes = (currencies: OrgCurrency[] | undefined): ObjectSchema[] =>
	currencies ? [CURRENCY_TYPE] : [];

/** The object of an org with several currencies: its records have one each. */
export function withCurrencies(object: ObjectSchema, currencies: OrgCurrency[] | undefined): ObjectSchema {
	if (!currencies) return object;
	const code = (name: string, label: string, more: Extra = {}) =>
		picklist(
			name,
			label,
			currencies.filter(({ active }) => active !== false).map(({ isoCode }) => isoCode),
			{
				length: 3,
				restrictedPicklist: true,
				defaultedOnCreate: true,
				defaultValue: currencies[0]?.isoCode,
				permissionable: false,
				...more,
			},
		);
	const added: FieldSchema[] = [];
	if (object.custom || WITH_CURRENCY.includes(object.name))
		added.push(code('CurrencyIsoCode', 'Currency ISO Code', { nillable: object.name !== 'User' }));
	const more = WITH_DEFAULT[object.name];
	if (more) added.push(code('DefaultCurrencyIsoCode', 'Default Currency ISO Code', more));
	if (added.length === 0) return object;
	const at = object.fields.findIndex(({ name }) => name === 'CreatedDate');
	return completeObject({
		...object,
		fields: at < 0 ? [...object.fields, ...added] : object.fields.toSpliced(at, 0, ...added),
	});
}

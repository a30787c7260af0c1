import { AUDIT, READ_ONLY, recordId, text } from '../fields';
import type { ObjectSchema } from '../types';

/** What was changed in the org's set-up, kept for 180 days (docs:object-reference/setupaudittrail). */
export const SETUP_AUDIT_TRAIL: ObjectSchema = {
	name: 'SetupAuditTrail',
	label: 'Setup Audit Trail Entry',
	labelPlural: 'Setup Audit Trail Entries',
	keyPrefix: '0Ym',
	createable: false,
	updateable: false,
	deletable: false,
	setup: true,
	fields: [
		recordId('Setup Audit Trail ID'),
		text('Action', 'Action', 128, { ...READ_ONLY, groupable: false, nameField: true }),
		text('Section', 'Section', 255, { ...READ_ONLY, filterable: false, groupable: false }),
		...AUDIT.filter(({ name }) => name.startsWith('Created')),
		text('Display', 'Display', 1_000, { ...READ_ONLY, filterable: false, groupable: false }),
		text('DelegateUser', 'Delegate User', 255, { ...READ_ONLY, groupable: false }),
		text('ResponsibleNamespacePrefix', 'Responsible Namespace Prefix', 255, READ_ONLY),
		text('CreatedByContext', 'Created By Context', 80, READ_ONLY),
		text('CreatedByIssuer', 'Created By Issuer', 80, READ_ONLY),
	],
};

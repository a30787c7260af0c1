import { ApiError } from '../errors';
import type { DuplicateRule } from '../options';
import type { Row } from '../storage';
import { changes } from './rules/types';
import type { Change } from './rules/types';
import { recordUrl } from './show';

const MESSAGE = "You're creating a duplicate record. We recommend you use an existing record instead.";
/** The version in the addresses of the records found. */
const URL_VERSION = 66;

/**
 * A rule looks at an update only when it changes one of the rule's fields, and does not compare records that are saved
 * together (help sales.duplicate_rules_overview). The body has the key `duplicateResut`, spelt as Salesforce spells it.
 * @throws DUPLICATES_DETECTED when a duplicate rule of the org finds another record like this one
 */
export function checkDuplicates(change: Change): void {
	const { object, row, before, id, context } = change;
	for (const rule of context.org.settings.duplicateRules) {
		if (rule.active === false || rule.sObject !== object.name || (rule.allowSave && context.saveDuplicates)) continue;
		if (!rule.fields.some((field) => changes(change, field))) continue;
		const record = { ...before, ...row };
		const matches = findMatches(rule, record, change).filter(
			(other) => other.Id !== id && other.IsDeleted !== 1 && !context.saved.has(String(other.Id)),
		);
		if (matches.length > 0) throw duplicatesDetected(rule, matches);
	}
}

function findMatches(rule: DuplicateRule, record: Row, { object, context }: Change): Row[] {
	const [first, ...others] = rule.fields;
	const value = first && record[first];
	if (first === undefined || value === null || value === undefined) return [];
	return context.org.storage
		.findBy(object.name, first, value)
		.filter((row) => others.every((name) => String(row[name]).toLowerCase() === String(record[name]).toLowerCase()));
}

function duplicatesDetected(rule: DuplicateRule, matches: Row[]): ApiError {
	const message = rule.message ?? MESSAGE;
	const matchRecords = matches.map(({ Id }) => ({
		additionalInformation: [],
		fieldDiffs: [],
		matchConfidence: 100,
		record: {
			attributes: { type: rule.sObject, url: recordUrl(URL_VERSION, rule.sObject, String(Id)) },
			Id,
		},
	}));
	const duplicateResut = {
		allowSave: rule.allowSave,
		duplicateRule: rule.name,
		duplicateRuleEntityType: rule.sObject,
		errorMessage: message,
		matchResults: [
			{
				entityType: rule.sObject,
				errors: [],
				matchEngine: 'ExactMatchEngine',
				matchRecords,
				rule: `${rule.name}_Matching`,
				size: matches.length,
				success: true,
			},
		],
	};
	const errorCode = 'DUPLICATES_DETECTED';
	return new ApiError(400, [{ message, errorCode, fields: [] }], [{ duplicateResut, errorCode, message }]);
}

import { dataError } from '../errors';
import type { Change } from './rules/types';
import { showRecord } from './show';

/**
 * @throws FIELD_CUSTOM_VALIDATION_EXCEPTION for the first of the org's validation rules that the record breaks
 */
export function checkValidationRules({ object, row, before, context: { org } }: Change): void {
	const rules = org.settings.validationRules.filter(({ sObject, active = true }) => active && sObject === object.name);
	if (rules.length === 0) return;
	const record = showRecord({ ...before, ...row }, object);
	const broken = rules.find((rule) => rule.broken(record));
	if (broken) throw dataError('FIELD_CUSTOM_VALIDATION_EXCEPTION', broken.message, broken.field ? [broken.field] : []);
}

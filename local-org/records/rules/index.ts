import { caseRules } from './case';
import { contactRules, leadRules } from './people';
import { opportunityRules, taskRules } from './sales';
import type { ObjectRules } from './types';

const RULES: Record<string, ObjectRules> = {
	Case: caseRules,
	Contact: contactRules,
	Lead: leadRules,
	Opportunity: opportunityRules,
	Task: taskRules,
};

/** What Salesforce does by itself with records of an object. */
export const rulesOf = (object: string): ObjectRules => RULES[object] ?? {};

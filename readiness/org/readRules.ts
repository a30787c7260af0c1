import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueriedRecord } from '../../salesforce/query';
import { queryTooling } from '../../salesforce/tooling';
import type { OrgFacts } from '../facts';
import type { Requirement, RuleKind } from '../requirements';
import { told } from './told';

/** How the active rules are read: by REST, or by the Tooling API alone; and which field names them. */
const READ: Readonly<Record<RuleKind, { soql: string; name: string; tooling?: true }>> = {
	assignmentRule: {
		soql: "SELECT Name FROM AssignmentRule WHERE SobjectType = 'Case' AND Active = true",
		name: 'Name',
	},
	autoResponseRule: {
		soql: "SELECT Name FROM AutoResponseRule WHERE EntityDefinition.QualifiedApiName = 'Case' AND Active = true",
		name: 'Name',
		tooling: true,
	},
	duplicateRule: {
		soql: "SELECT MasterLabel FROM DuplicateRule WHERE SobjectType = 'Case' AND IsActive = true",
		name: 'MasterLabel',
	},
	validationRule: {
		soql: "SELECT ValidationName FROM ValidationRule WHERE EntityDefinition.QualifiedApiName = 'Case' AND Active = true",
		name: 'ValidationName',
		tooling: true,
	},
	trigger: { soql: "SELECT Name FROM ApexTrigger WHERE TableEnumOrId = 'Case' AND Status = 'Active'", name: 'Name' },
	flow: {
		soql: "SELECT Label FROM FlowDefinitionView WHERE TriggerObjectOrEventId = 'Case' AND IsActive = true",
		name: 'Label',
	},
	loginFlow: {
		soql: "SELECT Label FROM FlowDefinitionView WHERE ProcessType = 'LoginFlow' AND IsActive = true",
		name: 'Label',
	},
};

/** The names of what is active on Case, and at log-in; undefined for what whoever is signed in may not see. */
export async function readRules(org: Org, requirements: readonly Requirement[]): Promise<OrgFacts['rules']> {
	const rules: Record<RuleKind, string[] | undefined> = {
		assignmentRule: undefined,
		autoResponseRule: undefined,
		duplicateRule: undefined,
		validationRule: undefined,
		trigger: undefined,
		flow: undefined,
		loginFlow: undefined,
	};
	const wanted = requirements.flatMap((one) => (one.kind === 'rule' ? [one.rule] : []));
	const byRest = wanted.filter((rule) => READ[rule].tooling === undefined);
	const outcomes =
		byRest.length === 0
			? []
			: await queryEach(
					org,
					byRest.map((rule) => READ[rule].soql),
				);
	byRest.forEach((rule, index) => {
		const outcome = outcomes[index];
		if (outcome?.ok === true) rules[rule] = namesIn(outcome.records, rule);
	});
	for (const rule of wanted.filter((one) => READ[one].tooling)) {
		const records = await told(queryTooling(org, READ[rule].soql));
		rules[rule] = records === undefined ? undefined : namesIn(records, rule);
	}
	return rules;
}

function namesIn(records: readonly QueriedRecord[], rule: RuleKind): string[] {
	return records.map((record) => String(record[READ[rule].name]));
}

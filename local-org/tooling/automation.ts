import { channelOf } from '../events/pending';
import type { Org } from '../org';
import type { Automation, AutomationEvent, DuplicateRule, ValidationRule } from '../options';
import { addBySystem } from '../records/system';
import { seedContext } from '../records/context';
import type { Row } from '../storage';

/** Objects that are filled from the settings, and what fills each. */
const FILLED: Record<string, (org: Org) => Row[]> = {
	ValidationRule: ({ settings }) => settings.validationRules.map(validationRow),
	DuplicateRule: ({ settings }) => settings.duplicateRules.map(duplicateRow),
	MatchingRule: ({ settings }) => settings.duplicateRules.map(matchingRow),
	AutoResponseRule: ({ settings }) =>
		settings.autoResponseRule ? [{ Name: 'Standard', EntityDefinitionId: 'Case', Active: 1 }] : [],
	ApexTrigger: (org) => ofKind(org, 'trigger').map(triggerRow),
	FlowDefinitionView: (org) => [
		...ofKind(org, 'flow').map((flow, index) => flowViewRow(org, flow, index)),
		...org.settings.loginFlows.map(loginFlowRow),
	],
	Flow: (org) => ofKind(org, 'flow').map(flowRow),
	PlatformEventChannelMember: ({ settings }) => settings.changeEvents.map(channelMemberRow),
};

const READS = new RegExp(`\\b(${[...Object.keys(FILLED), 'AssignmentRule'].join('|')})\\b`, 'i');

/** Whether a query reads what the org does by itself. */
export const readsAutomation = (soql: string): boolean => READS.test(soql);

/** Fills the objects that tell of rules, triggers and flows, as the settings are now. */
export function refreshAutomation(org: Org): void {
	const { storage, settings } = org;
	for (const [object, rowsOf] of Object.entries(FILLED)) {
		storage.run(`DELETE FROM "${object}"`);
		for (const row of rowsOf(org)) addBySystem(object, row, seedContext(org));
	}
	storage.run(
		`UPDATE "AssignmentRule" SET "Active" = ? WHERE "SobjectType" = 'Case'`,
		Number(!!settings.assignmentRule),
	);
}

const developerName = (name: string) => name.replace(/\W+/g, '_').replace(/^_|_$/g, '');
const ofKind = ({ settings }: Org, kind: 'flow' | 'trigger') =>
	settings.automations.filter((one) => (one.kind ?? 'flow') === kind);
const nameOf = ({ name, sObject }: Automation, index: number) => name ?? `${sObject} Automation ${index + 1}`;

function validationRow({ sObject, name, message, field, active = true }: ValidationRule, index: number): Row {
	return {
		EntityDefinitionId: sObject,
		ValidationName: name ?? `Rule_${index + 1}`,
		Active: Number(active),
		ErrorMessage: message,
		ErrorDisplayField: field ?? null,
	};
}

function duplicateRow({ sObject, name, active = true }: DuplicateRule): Row {
	return { SobjectType: sObject, DeveloperName: developerName(name), MasterLabel: name, IsActive: Number(active) };
}

function matchingRow({ sObject, name, active = true }: DuplicateRule): Row {
	return {
		SobjectType: sObject,
		DeveloperName: `${developerName(name)}_Matching`,
		MasterLabel: `${name} Matching`,
		RuleStatus: active ? 'Active' : 'Inactive',
	};
}

/** A member of the standard channel of all change events. */
function channelMemberRow(object: string): Row {
	const event = channelOf(object).slice('/data/'.length);
	return {
		DeveloperName: `ChangeEvents_${event}`,
		MasterLabel: event,
		EventChannel: 'ChangeEvents',
		SelectedEntity: event,
	};
}

const USAGES: Record<AutomationEvent, string> = {
	create: 'UsageAfterInsert',
	update: 'UsageAfterUpdate',
	delete: 'UsageAfterDelete',
	undelete: 'UsageAfterUndelete',
};

function triggerRow(automation: Automation, index: number): Row {
	const { sObject, on = ['create', 'update'], active = true } = automation;
	return {
		Name: developerName(nameOf(automation, index)),
		TableEnumOrId: sObject,
		Status: active ? 'Active' : 'Inactive',
		...Object.fromEntries(on.map((event) => [USAGES[event], 1])),
	};
}

/** What a flow's start element says of when it runs. */
function recordTrigger({ on = ['create', 'update'] }: Automation): { TriggerType: string; RecordTriggerType: string } {
	if (on.includes('delete')) return { TriggerType: 'RecordBeforeDelete', RecordTriggerType: 'Delete' };
	const both = on.includes('create') && on.includes('update');
	const RecordTriggerType = both ? 'CreateAndUpdate' : on.includes('create') ? 'Create' : 'Update';
	return { TriggerType: 'RecordAfterSave', RecordTriggerType };
}

function flowViewRow(org: Org, automation: Automation, index: number): Row {
	const { sObject, active = true } = automation;
	const name = developerName(nameOf(automation, index));
	return {
		DurableId: name,
		ApiName: name,
		Label: nameOf(automation, index),
		ProcessType: 'AutoLaunchedFlow',
		ActiveVersionId: active ? `${name}-1` : null,
		LatestVersionId: `${name}-1`,
		TriggerObjectOrEventLabel: org.catalog.stored(sObject).label,
		TriggerObjectOrEventId: sObject,
		...recordTrigger(automation),
		IsActive: Number(active),
	};
}

function loginFlowRow(label: string): Row {
	const name = developerName(label);
	return {
		DurableId: name,
		ApiName: name,
		Label: label,
		ProcessType: 'LoginFlow',
		ActiveVersionId: `${name}-1`,
		LatestVersionId: `${name}-1`,
		IsActive: 1,
	};
}

function flowRow(automation: Automation, index: number): Row {
	return {
		MasterLabel: nameOf(automation, index),
		ProcessType: 'AutoLaunchedFlow',
		Status: (automation.active ?? true) ? 'Active' : 'Obsolete',
		VersionNumber: 1,
	};
}

import { dataError, lockedRow } from '../errors';
import type { AutomatedRecord, AutomationEvent } from '../options';
import type { ObjectSchema } from '../schema/types';
import type { WriteContext } from './context';
import type { Change } from './rules/types';
import { showRecord } from './show';

const ON_SAVE: AutomationEvent[] = ['create', 'update'];

/** How an automation writes records; handed in by what runs it. */
export interface Writers {
	create(body: Record<string, unknown>, object: ObjectSchema, context: WriteContext): string;
	update(id: string, body: Record<string, unknown>, object: ObjectSchema, context: WriteContext): void;
}

/**
 * Runs the org's own flows and triggers on a record that was just saved or deleted.
 * @throws what they refuse
 */
export function runAutomations(on: AutomationEvent, { object, id, before, context }: Change, writers: Writers): void {
	const { org, seeding, automated } = context;
	const { automations } = org.settings;
	if (automations.length === 0 || seeding || automated) return;
	const wanted = automations.filter(
		({ sObject, on: when = ON_SAVE, active = true }) => active && sObject === object.name && when.includes(on),
	);
	if (wanted.length === 0) return;
	// A flow sees and writes fields that its user may not see.
	const stored = org.catalog.stored(object.name);
	const inside: WriteContext = { ...context, automated: true };
	const shown = before && showRecord(before, stored);
	for (const automation of wanted) {
		const row = on === 'delete' ? before : org.storage.find(object.name, id);
		const saved: AutomatedRecord = {
			on,
			id,
			record: showRecord(row ?? {}, stored),
			...(shown && on !== 'delete' ? { before: shown } : {}),
			change: (fields) => writers.update(id, fields, stored, inside),
			create: (sObject, fields) => writers.create(fields, org.catalog.stored(sObject), inside),
			update: (sObject, other, fields) => writers.update(other, fields, org.catalog.stored(sObject), inside),
			refuse(message, { errorCode = 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields = [] } = {}) {
				throw dataError(errorCode, message, fields);
			},
			lock() {
				throw lockedRow(id);
			},
		};
		automation.run(saved);
	}
}

import type { INodePropertyOptions } from 'n8n-workflow';

/** What the panel says of each value of a list; the values are the table's keys. */
export type ChoiceTable = Readonly<Record<string, { name: string; description?: string; action?: string }>>;

/** The `options` of a list, from the table by which it is read as well. */
export function choices(table: ChoiceTable): INodePropertyOptions[] {
	return Object.entries(table).map(([value, choice]) => ({ ...choice, value }));
}

import type { INodePropertyOptions } from 'n8n-workflow';

/** What the panel says of a value: its name and what it does, or both as a pair. */
type Choice = { name: string; description?: string; action?: string } | readonly [name: string, description: string];

/** What the panel says of each value of a list; the values are the table's keys. */
export type ChoiceTable = Readonly<Record<string, Choice>>;

/** The `options` of a list, from the table by which it is read as well. */
export function choices(table: ChoiceTable): INodePropertyOptions[] {
	return Object.entries(table).map(([value, choice]) => {
		if (!('name' in choice)) return { name: choice[0], value, description: choice[1] };
		return { ...choice, value };
	});
}

import type { IDataObject } from 'n8n-workflow';

/** So many moves of one plan, `m-0` and onwards, all due; `more` is laid over each. */
export function moves(count: number, more: IDataObject = {}): IDataObject[] {
	return Array.from({ length: count }, (_none, index) => ({
		moveId: `m-${index}`,
		movePlanId: 'plan-1',
		effectiveDate: '2020-01-01',
		employeeName: `Employee ${index}`,
		newSeat: `B-${index}`,
		...more,
	}));
}

/** Strings of the item's Case, which both write nodes put under `case`. */
export function caseValues(items: IDataObject[] | undefined, name: string): unknown[] {
	return (items ?? []).map((item) => (item.case as IDataObject | undefined)?.[name]);
}

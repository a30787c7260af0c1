import { changes, valueOf, type ObjectRules } from './types';

/** Whether an Opportunity is closed and won follows from its stage. */
export const opportunityRules: ObjectRules = {
	beforeSave(change) {
		if (!changes(change, 'StageName')) return;
		const stage = valueOf(change, 'StageName');
		change.row.IsWon = Number(stage === 'Closed Won');
		change.row.IsClosed = Number(stage === 'Closed Won' || stage === 'Closed Lost');
	},
};

/** Whether a Task is closed follows from its status. */
export const taskRules: ObjectRules = {
	beforeSave(change) {
		if (changes(change, 'Status')) change.row.IsClosed = Number(valueOf(change, 'Status') === 'Completed');
		if (changes(change, 'Priority')) change.row.IsHighPriority = Number(valueOf(change, 'Priority') === 'High');
	},
};

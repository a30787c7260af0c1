import type { IDataObject } from 'n8n-workflow';

import { caseNews, caseState, newsFields } from '../../moves/caseNews';
import type { CaseNews } from '../../moves/caseNews';
import { moveNamed } from '../../moves/externalId';
import type { MoveName } from '../../moves/externalId';
import { valuesOf } from '../../receiving/memory';
import type { SeenChange, Watch } from '../../receiving/org/watch';
import type { RecordSettings } from './parameters';

type Watched<Kind> = Extract<RecordSettings['watched'], { kind: Kind }>;

/** What the trigger watches, and what of it is told. */
export function watchOf(settings: RecordSettings): Watch {
	const { watched } = settings;
	return watched.kind === 'moves' ? movesWatch(settings, watched) : recordsWatch(settings, watched);
}

/** What an item says of a change beside what every item does. */
export function moreOf({ watched }: RecordSettings, change: SeenChange): IDataObject {
	return watched.kind === 'moves' ? { ...moveOf(change, watched.names) } : {};
}

function recordsWatch(
	{ fields, condition, start, changesPerPoll }: RecordSettings,
	{ object, events, onlyWhenChanged }: Watched<'records'>,
): Watch {
	const isSame = ({ before, now }: SeenChange): boolean => before !== undefined && before === now;
	return {
		object,
		fields,
		condition,
		includeCreated: events.includes('created'),
		includeDeleted: events.includes('deleted') || events.includes('undeleted'),
		start,
		most: changesPerPoll,
		tell: (change) => {
			const event = change.events.find((one) => events.includes(one));
			return event === undefined || (event === 'updated' && isSame(change)) ? [] : [event];
		},
		...(onlyWhenChanged.length === 0
			? {}
			: { remember: { fields: onlyWhenChanged, of: (record) => valuesOf(record, onlyWhenChanged) } }),
	};
}

/** Watches the Cases that carry an external ID; those that no move has are left out when they come. */
function movesWatch(
	{ fields, condition, start, changesPerPoll }: RecordSettings,
	{ events, names }: Watched<'moves'>,
): Watch {
	const ofMoves = `${names.externalId} != null`;
	return {
		object: 'Case',
		fields,
		// A condition may end in a comment, which ends with its line.
		condition: condition === '' ? ofMoves : `${ofMoves} AND (${condition}\n)`,
		includeCreated: false,
		includeDeleted: true,
		start,
		most: changesPerPoll,
		tell: (change) =>
			moveOf(change, names) === undefined ? [] : newsOf(change).filter((news) => events.includes(news)),
		remember: { fields: newsFields(names), of: caseState },
	};
}

function newsOf({ record, isDeleted, events, since, before }: SeenChange): CaseNews[] {
	return caseNews({
		record,
		isDeleted,
		isRestored: events.includes('undeleted'),
		isCreated: events.includes('created'),
		since,
		before,
	});
}

function moveOf({ record }: SeenChange, { externalId }: Watched<'moves'>['names']): MoveName | undefined {
	return moveNamed(String(record[externalId]));
}

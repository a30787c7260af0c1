import { normalizeId } from './ids';

/** What an object has below it besides records and its describe. */
const BELOW_OBJECT = [
	'approvalLayouts',
	'compactLayouts',
	'defaultValues',
	'describe',
	'listviews',
	'quickActions',
	'suggestedArticles',
];

/** Whether Salesforce has this path, given as its parts, and this org has not, though it looks like one of a record. */
export function isGap(parts: string[]): boolean {
	const [first, object, below, further] = parts;
	if (first !== 'sobjects') return false;
	if (object === 'relevantItems') return true;
	if (below === undefined || (object === 'Attachment' && further === 'Body')) return false;
	if (object === 'ContentVersion' && further === 'VersionData') return false;
	if (below === 'describe' && further === undefined) return false;
	// Behind an ID stands a relationship, or a field that holds a file.
	return BELOW_OBJECT.includes(below) || (further !== undefined && normalizeId(below) !== undefined);
}

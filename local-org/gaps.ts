import { normalizeId } from './ids';

/** Objects of every org that this one does not have, in lower case. Not all there are: those that connectors ask for. */
const OBJECTS = new Set(
	`attachment campaign campaignmember contentdocument contentdocumentlink contentversion contract document emailmessage
	emailtemplate feeditem note opportunitylineitem order pricebook2 pricebookentry product2 quote report solution`.split(
		/\s+/,
	),
);

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
	const [first, object = '', below, further] = parts;
	if (first !== 'sobjects') return false;
	if (OBJECTS.has(object.toLowerCase())) return true;
	if (below === undefined || (below === 'describe' && further === undefined)) return false;
	// Behind an ID stands a relationship, or a field that holds a file.
	return BELOW_OBJECT.includes(below) || (further !== undefined && normalizeId(below) !== undefined);
}

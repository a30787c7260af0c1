import type { SQLInputValue } from 'node:sqlite';
import { dataError } from '../errors';
import { isAddressCode } from '../schema/addressPicklists';
import type { FieldSchema, ObjectSchema, PicklistValue } from '../schema/types';
import { indexOf } from './fieldIndex';
import { valueOf } from './rules/types';
import type { Change } from './rules/types';

/** A name of an address, and the code beside it. */
interface Pair {
	name: FieldSchema;
	code: FieldSchema;
}

/**
 * Keeps the names and codes of a record's addresses in step, in an org with state and country picklists: what is given
 * of a pair brings the other, and a country that is taken away takes its state along (help, state and country/territory
 * picklist field-syncing logic). A name is the whole name and no abbreviation (NPSP 2067), in any case of letters
 * (assumed).
 *
 * @throws FIELD_INTEGRITY_EXCEPTION for what the picklist does not have, a name and a code that are not of one another, a
 *   state without a country or of another one (wordings seen in orgs of names; of codes they are assumed)
 */
export function keepAddressesInStep(change: Change): void {
	for (const { country, state } of addressesOf(change.object)) {
		const fields = [country.name, country.code, state.name, state.code];
		if (fields.every(({ name }) => change.row[name] === undefined)) continue;
		const place = settle(change, country, country.code.picklistValues ?? [], unknown);
		if (place) settleState(change, state, statesOf(country, state, place));
		else if (isEmptied(change, country) && !isGiven(change, state)) clear(change, state);
		else requireNone(change, state);
	}
}

const known = new WeakMap<ObjectSchema, { country: Pair; state: Pair }[]>();

/** The addresses of an object with both pairs; of one that a user sees in part only the parts are as they are written. */
function addressesOf(object: ObjectSchema): { country: Pair; state: Pair }[] {
	const found = known.get(object);
	if (found) return found;
	const { byName } = indexOf(object);
	const pairs = (prefix: string, which: string): Pair[] => {
		const [name, code] = [byName.get(prefix + which), byName.get(`${prefix}${which}Code`)];
		return name && code ? [{ name, code }] : [];
	};
	const codes = object.fields.filter((field) => isAddressCode(field) && field.controllerName !== undefined);
	const addresses = codes.flatMap(({ name }) => {
		const prefix = name.slice(0, -'StateCode'.length);
		return pairs(prefix, 'Country').flatMap((country) => pairs(prefix, 'State').map((state) => ({ country, state })));
	});
	known.set(object, addresses);
	return addresses;
}

const hasValue = (value: SQLInputValue | undefined) => value !== undefined && value !== null;

/** Whether a change writes a value for a pair, or takes what is there away. */
const isGiven = ({ row }: Change, { name, code }: Pair) => hasValue(row[name.name]) || hasValue(row[code.name]);
const isEmptied = ({ row }: Change, { name, code }: Pair) => row[name.name] === null || row[code.name] === null;

function clear({ row }: Change, { name, code }: Pair): void {
	row[name.name] = null;
	row[code.name] = null;
}

const isSame = (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase();

/**
 * Brings a name and its code to one another, and returns what they stand for then. A new record is given the name that
 * belongs to its code; of one that is there both must fit.
 */
function settle(
	change: Change,
	pair: Pair,
	values: PicklistValue[],
	refuse: (field: FieldSchema) => Error,
): PicklistValue | undefined {
	const { row, before } = change;
	const { name, code } = pair;
	if (!isGiven(change, pair)) {
		if (isEmptied(change, pair)) clear(change, pair);
		return values.find(({ value }) => isSame(value, valueOf(change, code.name)));
	}
	const [named, coded] = [row[name.name], row[code.name]];
	const chosen = values.find(({ value, label }) => (hasValue(coded) ? isSame(value, coded) : isSame(label, named)));
	if (!chosen) throw refuse(hasValue(coded) ? code : name);
	if (before && hasValue(coded) && hasValue(named) && !isSame(chosen.label, named)) throw unknown(name);
	row[name.name] = chosen.label ?? null;
	row[code.name] = chosen.value;
	return chosen;
}

function statesOf(country: Pair, state: Pair, place: PicklistValue): PicklistValue[] {
	const index = (country.code.picklistValues ?? []).indexOf(place);
	return (state.code.picklistValues ?? []).filter(({ validFor = [] }) => validFor.includes(index));
}

/** The state of a country: the one given, or the one that is there already. */
function settleState(change: Change, state: Pair, states: PicklistValue[]): void {
	const found = settle(change, state, states, (field) => (field === state.code ? unrecognized(field) : unknown(field)));
	if (!found && hasValue(valueOf(change, state.code.name))) throw unrecognized(state.code);
}

/** An address without a country has no state. */
function requireNone(change: Change, state: Pair): void {
	if (!isGiven(change, state) && isEmptied(change, state)) clear(change, state);
	const named = [state.name, state.code].find(({ name }) => hasValue(valueOf(change, name)));
	if (!named) return;
	throw refusal(
		`A country/territory must be specified before specifying a state value for field: ${named.label}`,
		named,
	);
}

function unknown(field: FieldSchema) {
	const [what, which, list] = /State(Code)?$/.test(field.name)
		? ['state', 'state', 'states']
		: ['country', 'country/territory', 'countries'];
	return refusal(
		`There's a problem with this ${what}, even though it may appear correct. Please select a ${which} from the list of valid ${list}.: ${field.label}`,
		field,
	);
}

const unrecognized = (field: FieldSchema) =>
	refusal(`The existing country/territory doesn't recognize the state value for field: ${field.label}`, field);

const refusal = (message: string, { name }: FieldSchema) => dataError('FIELD_INTEGRITY_EXCEPTION', message, [name]);

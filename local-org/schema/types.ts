/** A field type as Salesforce's describe names it. */
export type FieldType =
	| 'id'
	| 'string'
	| 'textarea'
	| 'email'
	| 'phone'
	| 'url'
	| 'picklist'
	| 'multipicklist'
	| 'combobox'
	| 'reference'
	| 'boolean'
	| 'int'
	| 'double'
	| 'currency'
	| 'percent'
	| 'date'
	| 'datetime'
	| 'time'
	| 'address'
	| 'encryptedstring'
	| 'anyType'
	| 'base64';

/** A value of a picklist; it is active, and labelled as itself, unless it says otherwise. */
export interface PicklistValue {
	value: string;
	label?: string;
	active?: boolean;
	defaultValue?: boolean;
	/** Places, among the values of the picklist that controls this one, of those with which it may be chosen. */
	validFor?: number[];
}

/**
 * One field, in describe's own words. What is left out has describe's most common value: a field that can be
 * created, updated, filtered, sorted, grouped and left empty; `describe.ts` completes it.
 */
export interface FieldSchema {
	name: string;
	label: string;
	type: FieldType;
	/** Longest value in characters; for text types only. */
	length?: number;
	/** Longest value in bytes where it is not three times the characters. */
	byteLength?: number;
	precision?: number;
	scale?: number;
	/** Object names a reference may point to; more than one makes it polymorphic. */
	referenceTo?: string[];
	/** The name under which SOQL reaches the parent: `Owner` for OwnerId. */
	relationshipName?: string;
	picklistValues?: PicklistValue[];
	restrictedPicklist?: boolean;
	/** The field whose value says which values of this picklist may be chosen. */
	controllerName?: string;
	createable?: boolean;
	updateable?: boolean;
	nillable?: boolean;
	defaultedOnCreate?: boolean;
	defaultValue?: string | number | boolean | null;
	filterable?: boolean;
	sortable?: boolean;
	groupable?: boolean;
	aggregatable?: boolean;
	externalId?: boolean;
	idLookup?: boolean;
	unique?: boolean;
	caseSensitive?: boolean;
	nameField?: boolean;
	autoNumber?: boolean;
	calculated?: boolean;
	custom?: boolean;
	/** describe's `extraTypeInfo`: `plaintextarea` for a long text area. */
	extraTypeInfo?: string | null;
	/** Lines that a page shows of a long text area; describe does not tell. */
	visibleLines?: number;
	compoundFieldName?: string;
	/** Whether field-level security can hide it; the system's own fields cannot be hidden. */
	permissionable?: boolean;
	/** What an automatic number looks like, `A-{0000}`, and the first one. */
	autoNumberFormat?: string;
	startingNumber?: number;
	/** A formula, whose value is kept when a record is saved. */
	formula?: string;
	/** What a roll-up summary adds up. */
	summary?: Summary;
	/** A detail's field that names its master; its records go with the master's. */
	isMasterDetail?: boolean;
	/** What a custom lookup makes at its other end: the child relationship of the object it points to. */
	child?: Omit<ChildRelationship, 'childSObject' | 'field'>;
	/** Made through the API, so hidden from everyone until a FieldPermissions record shows it. */
	needsPermission?: boolean;
}

/** A roll-up summary: which records of which object are counted or added up, and by which of its fields. */
export interface Summary {
	child: string;
	/** The child's field that names the parent. */
	by: string;
	operation: 'count' | 'sum' | 'min' | 'max';
	/** The child's field that is added up; none for a count. */
	of?: string;
}

/** A child relationship as SOQL subqueries name it. */
export interface ChildRelationship {
	childSObject: string;
	field: string;
	relationshipName: string | null;
	cascadeDelete?: boolean;
	restrictedDelete?: boolean;
}

/** One sObject. Record storage: a SQLite table of this name with one column for each field (see `storage.ts`). */
export interface ObjectSchema {
	name: string;
	label: string;
	labelPlural: string;
	keyPrefix: string | null;
	/** What the IDs of its records begin with, where describe does not tell. */
	idPrefix?: string;
	fields: FieldSchema[];
	childRelationships?: ChildRelationship[];
	createable?: boolean;
	updateable?: boolean;
	deletable?: boolean;
	queryable?: boolean;
	searchable?: boolean;
	custom?: boolean;
	/** Known to the Tooling API only. */
	toolingOnly?: boolean;
	/** Describes the org itself: its rows are made up as they are asked for. */
	definition?: boolean;
	/** References one of which every query of the object must filter by, with = or IN. */
	idFilter?: string[];
	/** Columns one of which every query of the object must filter by. */
	reified?: string[];
	/** Setup objects cannot be written together with others in one transaction. */
	setup?: boolean;
}

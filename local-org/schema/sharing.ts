import type { OrgSettings } from '../options';
import type { Storage } from '../storage';
import type { UserRights } from './rights';
import type { ObjectSchema } from './types';

/** Objects whose records are seen and changed with another record, and the field that names it. */
const WITH_PARENT: Record<string, { parent: string; field: string }> = {
	CaseComment: { parent: 'Case', field: 'ParentId' },
	CaseHistory: { parent: 'Case', field: 'CaseId' },
	CaseShare: { parent: 'Case', field: 'CaseId' },
	CaseTeamMember: { parent: 'Case', field: 'ParentId' },
	AccountTeamMember: { parent: 'Account', field: 'AccountId' },
	OpportunityTeamMember: { parent: 'Opportunity', field: 'OpportunityId' },
};

/** What is about other records, which it names by these fields. */
const ACTIVITIES = ['Task', 'Event'];
const ABOUT = ['WhatId', 'WhoId'];

/** Objects whose records are seen with any record that they are attached to, and the field that names it. */
const WITH_ANY_PARENT: Record<string, string> = { Attachment: 'ParentId', ContentDocumentLink: 'LinkedEntityId' };

/** Files and their versions, and the field that names the file. */
const FILES: Record<string, string> = { ContentDocument: 'Id', ContentVersion: 'ContentDocumentId' };

/** Objects whose records can be shared one by one: the object that says so, and its field that names the record. */
const SHARES: Record<string, { object: string; field: string; level: string }> = {
	Case: { object: 'CaseShare', field: 'CaseId', level: 'CaseAccessLevel' },
};

/** An object as its rights are asked for. */
const plain = (name: string): ObjectSchema => ({ name, label: name, labelPlural: name, keyPrefix: null, fields: [] });

const listed = (ids: string[]) => `(${ids.map((id) => `'${id}'`).join(', ')})`;

/**
 * Which records a user sees and may change, where an object's default access is less than everything: their own, those of
 * users below them in the role hierarchy, those of queues that they are in, and those that are shared with them.
 * Salesforce says so in its help, *How does sharing work*; teams, territories and sharing rules are not there.
 */
export class Sharing {
	constructor(
		private readonly settings: Pick<OrgSettings, 'defaultAccess'>,
		private readonly storage: Storage,
		private readonly userId: string,
		private readonly rights: UserRights,
	) {}

	/** SQL that holds for the records that the user sees; undefined when those are all. */
	seen(object: ObjectSchema, alias: string): string | undefined {
		const with_ = WITH_PARENT[object.name];
		if (with_) return this.withParent(with_, alias);
		const attached = WITH_ANY_PARENT[object.name];
		if (attached !== undefined) return this.notHidden(`${alias}."${attached}"`);
		if (ACTIVITIES.includes(object.name)) return this.activity(object, alias);
		const file = FILES[object.name];
		if (file !== undefined) return this.file(`${alias}."${file}"`, `${alias}."OwnerId"`);
		const access = this.settings.defaultAccess[object.name];
		if (access !== 'None' || this.rights.to(object).viewAll) return undefined;
		return this.reached(object, alias, ['Read', 'Edit', 'All']);
	}

	/** SQL that holds for the records that the user may change; undefined when those are all. */
	editable(object: ObjectSchema, alias: string): string | undefined {
		const access = this.settings.defaultAccess[object.name] ?? 'Edit';
		if (access === 'Edit' || this.rights.to(object).modifyAll) return undefined;
		return this.reached(object, alias, ['Edit', 'All']);
	}

	/**
	 * SQL that holds for the records that the user may share with others: owns, has a subordinate own, or has with full
	 * access; undefined when those are all.
	 */
	shareable(object: ObjectSchema, alias: string): string | undefined {
		return this.rights.to(object).modifyAll ? undefined : this.reached(object, alias, ['All']);
	}

	/** SQL that holds for the ID of a record that the user is not kept from seeing; undefined when they see all. */
	private notHidden(
		id: string,
		names = [...Object.keys(this.settings.defaultAccess), ...ACTIVITIES],
	): string | undefined {
		const kept = names.flatMap((name) => {
			const seen = this.seen(plain(name), `of${name}`);
			return seen
				? [`${id} NOT IN (SELECT of${name}."Id" FROM "${name}" of${name} WHERE NOT coalesce(${seen}, 0))`]
				: [];
		});
		return kept.length === 0 ? undefined : kept.join(' AND ');
	}

	/**
	 * An activity is seen by its owner, by those above them, and by who sees the records that it is about (help,
	 * organization-wide defaults of activities). Assumed: all of them, and one about nothing is seen by everyone.
	 */
	private activity(object: ObjectSchema, alias: string): string | undefined {
		const names = Object.keys(this.settings.defaultAccess).filter((name) => !ACTIVITIES.includes(name));
		const open = ABOUT.flatMap((field) => this.notHidden(`coalesce(${alias}."${field}", '')`, names) ?? []);
		return open.length === 0 ? undefined : `(${this.reached(object, alias, [])} OR (${open.join(' AND ')}))`;
	}

	/** A file is seen by its owner, those it is shared with, and those who see a record that it is linked to (help, files). */
	private file(id: string, owner: string): string | undefined {
		const linked = this.notHidden('l."LinkedEntityId"');
		if (linked === undefined) return undefined;
		const mine = listed(this.mine());
		const isOfRecord = `substr(l."LinkedEntityId", 1, 3) NOT IN ('005', '00G')`;
		return `(${owner} IN ${mine} OR ${id} IN (SELECT l."ContentDocumentId" FROM "ContentDocumentLink" l
			WHERE l."IsDeleted" = 0 AND (l."LinkedEntityId" IN ${mine} OR (${isOfRecord} AND ${linked}))))`;
	}

	private withParent({ parent, field }: { parent: string; field: string }, alias: string): string | undefined {
		const access = this.settings.defaultAccess[parent];
		if (access === undefined) return undefined;
		const seen = this.seen(plain(parent), 'shared');
		return seen && `${alias}."${field}" IN (SELECT shared."Id" FROM "${parent}" shared WHERE ${seen})`;
	}

	private reached({ name }: ObjectSchema, alias: string, levels: string[]): string {
		const mine = this.mine();
		const owners = `${alias}."OwnerId" IN ${listed([...mine, ...this.below()])}`;
		const share = SHARES[name];
		if (!share) return owners;
		const level = `"${share.level}" IN ${listed(levels)}`;
		const shared = `SELECT "${share.field}" FROM "${share.object}" WHERE "UserOrGroupId" IN ${listed(mine)} AND "IsDeleted" = 0 AND ${level}`;
		return `(${owners} OR ${alias}."Id" IN (${shared}))`;
	}

	/** The user, and the groups and queues that they are in, by other groups too. */
	private mine(): string[] {
		const rows = this.storage.all(
			`WITH RECURSIVE mine(id) AS (SELECT ? UNION
			 SELECT m."GroupId" FROM "GroupMember" m JOIN mine ON m."UserOrGroupId" = mine.id) SELECT id FROM mine`,
			this.userId,
		);
		return rows.map(({ id }) => String(id));
	}

	/** The users whose roles are below the user's. */
	private below(): string[] {
		const rows = this.storage.all(
			`WITH RECURSIVE roles(id) AS (
				SELECT r."Id" FROM "UserRole" r JOIN "User" u ON u."UserRoleId" = r."ParentRoleId" WHERE u."Id" = ?
				UNION SELECT r."Id" FROM "UserRole" r JOIN roles ON r."ParentRoleId" = roles.id)
			 SELECT "Id" AS id FROM "User" WHERE "UserRoleId" IN (SELECT id FROM roles)`,
			this.userId,
		);
		return rows.map(({ id }) => String(id));
	}
}

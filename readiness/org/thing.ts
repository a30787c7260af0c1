import type { GuideParagraph } from '../guide';

/** What is found of a thing that jobs need. */
export interface Found {
	id: string;
	/** Where it is not as wanted, in words; empty where it is. */
	differs: string[];
}

/** One record that an org may lack, and that is made once. */
export interface Thing {
	/** What people call it, as `Field Case.Team__c`. */
	name: string;
	sObject: string;
	/** Whether the Tooling API makes it. */
	tooling?: true;
	/** Where in Setup it is, below `/lightning/setup/`. */
	setup: string;
	/** The paragraph of the set-up guide that says how it is made by hand. */
	guide: GuideParagraph;
	/** What there was of it before anything was made; undefined where the org does not have it. */
	found?: Found;
	/** Looks again, after Salesforce has refused to make it, or has not said whether it did. */
	lookAgain(): Promise<Found | undefined>;
	/** The record that makes it; it may hold the ID of a thing that was made before. */
	record(): Record<string, unknown>;
	/** Told the ID that it has, or has got. */
	has?(id: string): void;
}

import type { Fault, FaultyCall, LocalOrg } from '../local-org';
import type { Report } from './engines';

/**
 * Mistakes that are planted to try the prover itself: each is made between an engine and its org, or between an engine and
 * the account, so that nothing of what ships knows of them.
 */
export const MISTAKES = {
	'repeat-create': 'A create is sent once more when no answer came',
	'drop-outcome': "The last of a flow's items does not come out",
	'undo-by-prefix': 'What undoes a move deletes every Case whose external ID begins like its own',
} as const;

/** A mistake by its name. */
export type Mistake = keyof typeof MISTAKES;

/** Whether a word is the name of one. */
export const isMistake = (word: string): word is Mistake => word in MISTAKES;

/** What goes wrong between an engine and its org when a call meets a trouble; it has ended when this resolves. */
export async function atTrouble(
	mistake: Mistake | undefined,
	org: LocalOrg,
	call: FaultyCall,
	fault: Partial<Fault>,
): Promise<void> {
	const hasNoAnswer = fault.late === true || fault.cut === 'after' || fault.cut === 'within';
	if (mistake !== 'repeat-create' || !hasNoAnswer) return;
	const creates = call.path.includes('/sobjects') || call.text.includes('"method":"POST"');
	if (call.method !== 'POST' || !creates) return;
	const { authorization = '', 'content-type': type = '' } = call.headers;
	await fetch(org.url + call.path, {
		method: 'POST',
		headers: { Authorization: authorization, 'Content-Type': type },
		body: call.text,
	}).catch(() => undefined);
}

/** What goes wrong on the way to the org from the beginning. */
export function plant(mistake: Mistake | undefined, org: LocalOrg): void {
	if (mistake !== 'undo-by-prefix') return;
	org.addFault({
		method: 'DELETE',
		path: '/composite/sobjects',
		times: Infinity,
		meanwhile: ({ path }) => {
			const ids = new URLSearchParams(path.split('?')[1]).get('ids')?.split(',') ?? [];
			const rows = org.rows('Case');
			const keys = rows.filter(({ Id }) => ids.includes(String(Id))).map(({ ExternalID__c }) => String(ExternalID__c));
			for (const { Id, ExternalID__c } of rows) {
				const isAlike = keys.some((key) => String(ExternalID__c).startsWith(key) && ExternalID__c !== key);
				if (isAlike && !ids.includes(String(Id))) org.person().delete(String(Id));
			}
		},
	});
}

/** What goes wrong on the way from an engine to the account. */
export function heard(mistake: Mistake | undefined, report: Report | undefined): Report | undefined {
	if (mistake !== 'drop-outcome' || report === undefined) return report;
	return { ...report, items: report.items.slice(0, -1) };
}

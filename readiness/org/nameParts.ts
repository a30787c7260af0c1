/** The API name of a custom field taken apart: `acme__Team__c` is Team of the namespace acme. */
export function nameParts(name: string): { namespace?: string; developerName: string } {
	const [, namespace, developerName = name] = /^(?:([A-Za-z]\w*?)__)?(\w+?)__c$/.exec(name) ?? [];
	return { namespace, developerName };
}

/** The paragraphs of the set-up guide that remedies lead to, by their anchors in docs/salesforce-setup.md. */
export const GUIDE = {
	signIn: '1-choose-how-to-sign-in',
	user: '2-make-the-api-user',
	app: '3-make-the-app',
	fields: 'the-case-fields-by-hand',
	unique: 'unique-or-not',
	rules: 'sharing-owners-rules',
	values: 'values-and-record-types',
	permissionSet: 'the-permission-set-by-hand',
	rights: 'the-rights-of-each-node',
	limits: 'proxies-sessions-limits',
} as const;

/** One of those paragraphs. */
export type GuideParagraph = (typeof GUIDE)[keyof typeof GUIDE];

/** What an authorization code was given for. */
export interface AuthorizationCode {
	redirectUri: string;
	challenge?: string;
	/** `S256` or `plain`. */
	challengeMethod: string;
	expiresAt: number;
}

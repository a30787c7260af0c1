/** What a person enters to sign in. Empty texts stand for what the chosen method does not need. */
export interface SignInSettings {
	domain: string;
	signInMethod: 'clientCredentials' | 'jwtBearer' | 'password';
	clientId: string;
	clientSecret: string;
	username: string;
	password: string;
	securityToken: string;
	/** In any of the forms that `readPrivateKey` reads. */
	privateKey: string;
	/** Whether the org may be on this machine, without https. */
	allowLoopback: boolean;
}

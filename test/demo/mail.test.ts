import { readMail } from '../../demo/mail';

it('a mail is read with its subject and the links on its buttons', () => {
	const message = [
		'From: n8n@example.com',
		'Subject: Freeze 4 Salesforce users?',
		'',
		'<p>They are looked at again.</p>',
		'<a style=3D"color:red" href=3D"http://127.0.0.1:1/webhook-waiting/7?approved=3Dtrue&amp;signature=3D=',
		'ab">Freeze <b>them</b></a>',
	].join('\n');
	expect(readMail(message)).toEqual({
		subject: 'Freeze 4 Salesforce users?',
		links: [{ text: 'Freeze them', url: 'http://127.0.0.1:1/webhook-waiting/7?approved=true&signature=ab' }],
	});
});

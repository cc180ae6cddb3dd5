/** A mail server on this machine that takes every mail and shows it on a page; nothing leaves it. */
import Fastify from 'fastify';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

import { inboxPage } from './page';

export interface Mail {
	from: string;
	to: string[];
	subject: string;
	text: string;
	html: string;
	/** File names. */
	attachments: string[];
	receivedAt: string;
}

export interface Mailbox {
	/** For mail programs: 127.0.0.1, no encryption, any or no login. */
	smtpPort: number;
	/** The page with all mails, newest first; `/messages` has them as JSON. */
	url: string;
	/** Oldest first. */
	messages: Mail[];
	close(): Promise<void>;
}

const MAX_MAILS = 200;
const MAX_MAIL_BYTES = 25 * 1024 * 1024;

export async function startMailbox({ port = 0, smtpPort = 0 } = {}): Promise<Mailbox> {
	const messages: Mail[] = [];
	const smtp = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		size: MAX_MAIL_BYTES,
		onAuth: (_login, _session, done) => done(null, { user: 'anybody' }),
		onData: (stream, _session, done) => {
			void receive(stream).then(
				(mail) => {
					messages.push(mail);
					messages.splice(0, messages.length - MAX_MAILS);
					done();
				},
				(error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
			);
		},
	});
	await new Promise<void>((resolve, reject) => {
		smtp.once('error', reject);
		smtp.listen(smtpPort, '127.0.0.1', resolve);
	});
	const page = Fastify();
	page.get('/', async (_request, reply) => reply.type('text/html').send(inboxPage(messages)));
	page.get('/messages', async () => messages);
	const url = await page.listen({ port, host: '127.0.0.1' });
	const address = smtp.server.address();
	return {
		smtpPort: typeof address === 'object' && address ? address.port : smtpPort,
		url,
		messages,
		async close() {
			await page.close();
			await new Promise<void>((resolve) => smtp.close(resolve));
		},
	};
}

async function receive(stream: AsyncIterable<Buffer>): Promise<Mail> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	const mail = await PostalMime.parse(Buffer.concat(chunks));
	return {
		from: mail.from?.address ?? '',
		to: (mail.to ?? []).map(({ address }) => address ?? ''),
		subject: mail.subject ?? '',
		text: mail.text ?? '',
		html: mail.html ?? '',
		attachments: mail.attachments.map(({ filename }) => filename ?? ''),
		receivedAt: new Date().toISOString(),
	};
}

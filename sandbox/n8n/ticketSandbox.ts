import { join } from 'node:path';
import type { TicketAddresses } from '../tickets';
import { LOGINS as JIRA } from '../tickets/jira';
import { DEMO_CLIENT as SALESFORCE } from '../tickets/salesforce';
import { DEMO as SERVICE_NOW } from '../tickets/serviceNow';
import { ZENDESK_DEMO as ZENDESK } from '../tickets/zendesk';
import { sandboxNode } from './n8n';
import { startNodeProcess, waitUntil, watchdogFile } from './processes';
import type { CredentialBody } from './rest';

export interface TicketSandbox {
	addresses: TicketAddresses;
	stop(): Promise<void>;
}

/** Starts the compiled ticket systems and the mailbox as a process of their own. */
export async function startTicketSandbox(root: string): Promise<TicketSandbox> {
	const script = join(root, '.cache', 'sandbox', 'sandbox', 'tickets', 'cli.js');
	const server = startNodeProcess('the ticket sandbox', sandboxNode(root), script, [], {
		cwd: root,
		env: process.env,
		watchdog: watchdogFile(root),
	});
	try {
		const addresses = await waitUntil(
			'the ticket sandbox was ready',
			async () => firstLine(server.output()),
			{ timeoutMs: 30_000, everyMs: 50, from: server },
		);
		return { addresses, stop: () => server.stop() };
	} catch (error) {
		await server.kill();
		throw error;
	}
}

function firstLine(output: string): TicketAddresses | undefined {
	const line = /^\{.*\}$/m.exec(output)?.[0];
	return line === undefined ? undefined : (JSON.parse(line) as TicketAddresses);
}

/** Credentials for all of them, under the names that n8n proposes and the workflow files use. */
export function ticketCredentials(addresses: TicketAddresses): CredentialBody[] {
	return [
		{
			name: 'Jira Tickets account',
			type: 'jiraTicketsApi',
			data: { siteUrl: addresses.jira, email: JIRA.email, apiToken: JIRA.apiToken },
		},
		{
			name: 'Zendesk Tickets account',
			type: 'zendeskTicketsOAuth2Api',
			data: {
				subdomain: addresses.zendesk,
				grantType: 'clientCredentials',
				clientId: ZENDESK.clientId,
				clientSecret: ZENDESK.clientSecret,
			},
		},
		{
			name: 'ServiceNow Tickets account',
			type: 'serviceNowTicketsApi',
			data: {
				instanceUrl: addresses.serviceNow,
				user: SERVICE_NOW.user,
				password: SERVICE_NOW.password,
			},
		},
		{
			name: 'Salesforce Cases account',
			type: 'salesforceCasesOAuth2Api',
			data: {
				grantType: 'clientCredentials',
				myDomainUrl: addresses.salesforce,
				clientId: SALESFORCE.id,
				clientSecret: SALESFORCE.secret,
			},
		},
		{
			name: 'SMTP account',
			type: 'smtp',
			data: { host: '127.0.0.1', port: addresses.smtpPort, secure: false, disableStartTls: true },
		},
	];
}

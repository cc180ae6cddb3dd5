/** All ticket systems at once, with the same tickets behind each, and a mailbox for notices. */
import { startMailbox } from '../mail';

import { startJiraSandbox } from './jira';
import { startSalesforceSandbox } from './salesforce';
import { startServiceNowSandbox } from './serviceNow';
import { startZendeskSandbox } from './zendesk';

/** What the credentials of the sandbox hold. */
export interface TicketAddresses {
	jira: string;
	jiraDataCenter: string;
	zendesk: string;
	serviceNow: string;
	salesforce: string;
	mailbox: string;
	smtpPort: number;
}

export async function startTicketSystems() {
	const jira = await startJiraSandbox();
	const zendesk = await startZendeskSandbox();
	const serviceNow = await startServiceNowSandbox();
	const salesforce = await startSalesforceSandbox();
	const mailbox = await startMailbox();
	const addresses: TicketAddresses = {
		jira: jira.url,
		jiraDataCenter: jira.dataCenterUrl,
		zendesk: zendesk.url,
		serviceNow: serviceNow.url,
		salesforce: salesforce.url,
		mailbox: mailbox.url,
		smtpPort: mailbox.smtpPort,
	};
	const all = [jira, zendesk, serviceNow, salesforce, mailbox];
	return {
		...{ addresses, jira, zendesk, serviceNow, salesforce, mailbox },
		async close() {
			await Promise.all(all.map((one) => one.close()));
		},
	};
}

export type TicketSystems = Awaited<ReturnType<typeof startTicketSystems>>;

import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runTicketNode } from '../shared/tickets/run';

import { zendeskTicketsApiTest, zendeskTicketsOAuth2ApiTest } from './credentialTest';
import { zendeskProperties } from './description';
import { searchBrands, searchForms, searchGroups, searchViews } from './listSearch';
import { zendeskSource } from './source';

export class ZendeskTickets implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zendesk Tickets',
		name: 'zendeskTickets',
		icon: {
			light: 'file:../../icons/zendesk-tickets.svg',
			dark: 'file:../../icons/zendesk-tickets.dark.svg',
		},
		group: ['input'],
		version: 1,
		subtitle:
			'={{ { getAll: "get many: tickets", get: "get: ticket", count: "count: tickets" }[$parameter["operation"]] }}',
		description: 'Read resolved tickets of Zendesk with their conversations',
		defaults: { name: 'Zendesk Tickets' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Tickets', 'Summary'],
		usableAsTool: true,
		credentials: [
			{
				name: 'zendeskTicketsOAuth2Api',
				required: true,
				testedBy: 'zendeskTicketsOAuth2ApiTest',
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{
				name: 'zendeskTicketsApi',
				required: true,
				testedBy: 'zendeskTicketsApiTest',
				displayOptions: { show: { authentication: ['apiToken'] } },
			},
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				options: [
					{
						name: 'API Token',
						value: 'apiToken',
						description: 'Zendesk turns all API tokens off on 2027-04-30',
					},
					{ name: 'OAuth2', value: 'oAuth2' },
				],
				default: 'oAuth2',
			},
			...zendeskProperties,
		],
	};

	methods = {
		listSearch: { searchBrands, searchForms, searchGroups, searchViews },
		credentialTest: { zendeskTicketsApiTest, zendeskTicketsOAuth2ApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runTicketNode(this, zendeskSource);
	}
}

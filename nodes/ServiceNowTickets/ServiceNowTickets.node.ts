import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runTicketNode } from '../shared/tickets/run';

import { serviceNowTicketsApiTest } from './connection';
import { serviceNowFields } from './fields';
import { serviceNowSource } from './source';

export class ServiceNowTickets implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ServiceNow Tickets',
		name: 'serviceNowTickets',
		icon: {
			light: 'file:../../icons/service-now-tickets.svg',
			dark: 'file:../../icons/service-now-tickets.dark.svg',
		},
		group: ['input'],
		version: 1,
		subtitle:
			'={{ { getAll: "get many", get: "get", count: "count" }[$parameter["operation"]] + ": " + $parameter["resource"] }}',
		description:
			'Read resolved incidents, cases, request items and articles of ServiceNow with their conversations',
		defaults: { name: 'ServiceNow Tickets' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Tickets', 'Summary'],
		usableAsTool: true,
		credentials: [
			{
				name: 'serviceNowTicketsApi',
				required: true,
				testedBy: 'serviceNowTicketsApiTest',
				displayOptions: { show: { authentication: ['passwordOrApiKey'] } },
			},
			{
				name: 'serviceNowTicketsOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				options: [
					{ name: 'OAuth2', value: 'oAuth2' },
					{ name: 'Password or API Key', value: 'passwordOrApiKey' },
				],
				default: 'passwordOrApiKey',
			},
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Case',
						value: 'case',
						description: 'Requests of customers, of Customer Service Management',
					},
					{ name: 'Incident', value: 'incident', description: 'Requests of employees' },
					{
						name: 'Knowledge Article',
						value: 'knowledgeArticle',
						description: 'Published articles: the title asks, the text answers',
					},
					{
						name: 'Request Item',
						value: 'requestItem',
						description: 'What was ordered from the service catalog',
					},
				],
				default: 'incident',
			},
			...serviceNowFields,
		],
	};

	methods = {
		credentialTest: { serviceNowTicketsApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runTicketNode(this, serviceNowSource);
	}
}

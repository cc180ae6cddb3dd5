import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runTicketNode } from '../shared/tickets/run';

import { jiraTicketsApiTest } from './credentialTest';
import { jiraProperties } from './description';
import { getIssueTypes, getProjects, searchIssues } from './lists';
import { jiraSource } from './source';

export class JiraTickets implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Jira Tickets',
		name: 'jiraTickets',
		icon: {
			light: 'file:../../icons/jira-tickets.svg',
			dark: 'file:../../icons/jira-tickets.dark.svg',
		},
		group: ['input'],
		version: 1,
		subtitle:
			'={{ { getAll: "get many: tickets", get: "get: ticket", count: "count: tickets" }[$parameter["operation"]] }}',
		description:
			'Read resolved tickets of Jira and Jira Service Management with their conversations',
		defaults: { name: 'Jira Tickets' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Tickets', 'Summary'],
		usableAsTool: true,
		credentials: [{ name: 'jiraTicketsApi', required: true, testedBy: 'jiraTicketsApiTest' }],
		properties: [...jiraProperties],
	};

	methods = {
		listSearch: { searchIssues },
		loadOptions: { getIssueTypes, getProjects },
		credentialTest: { jiraTicketsApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runTicketNode(this, jiraSource());
	}
}

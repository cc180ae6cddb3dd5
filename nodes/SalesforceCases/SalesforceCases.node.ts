import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runTicketNode } from '../shared/tickets/run';

import { salesforceProperties } from './description';
import {
	getCaseOrigins,
	getCasePriorities,
	getCaseReasons,
	getCaseStatuses,
	getCaseTypes,
	getRecordTypes,
} from './lists';
import { salesforceSource } from './source';

export class SalesforceCases implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Cases',
		name: 'salesforceCases',
		icon: {
			light: 'file:../../icons/salesforce-cases.svg',
			dark: 'file:../../icons/salesforce-cases.dark.svg',
		},
		group: ['input'],
		version: 1,
		subtitle:
			'={{ { getAll: "get many: cases", get: "get: case", count: "count: cases" }[$parameter["operation"]] }}',
		description: 'Read resolved cases of Salesforce with their conversations',
		defaults: { name: 'Salesforce Cases' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Tickets', 'Summary'],
		usableAsTool: true,
		credentials: [{ name: 'salesforceCasesOAuth2Api', required: true }],
		properties: [...salesforceProperties],
	};

	methods = {
		loadOptions: {
			getCaseOrigins,
			getCasePriorities,
			getCaseReasons,
			getCaseStatuses,
			getCaseTypes,
			getRecordTypes,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runTicketNode(this, salesforceSource());
	}
}

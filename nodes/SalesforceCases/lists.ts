/** What the lists of the node offer: the values that the organization has. */
import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { activeRecordTypes, picklistValues } from '../../lib/tickets/salesforce/lists';
import type { DescribeResult } from '../../lib/tickets/salesforce/types';
import { toNodeError } from '../shared/errors';

import { connectSalesforce } from './connection';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

export const getRecordTypes = listed(activeRecordTypes);
export const getCaseStatuses = listed((cases) => picklistValues(cases, 'Status'));
export const getCaseOrigins = listed((cases) => picklistValues(cases, 'Origin'));
export const getCaseReasons = listed((cases) => picklistValues(cases, 'Reason'));
export const getCasePriorities = listed((cases) => picklistValues(cases, 'Priority'));
export const getCaseTypes = listed((cases) => picklistValues(cases, 'Type'));

function listed(list: (cases: DescribeResult) => INodePropertyOptions[]): LoadOptions {
	return async function () {
		try {
			const options = (this.getCurrentNodeParameter('options') ?? {}) as IDataObject;
			const client = await connectSalesforce(this, 0, {
				apiVersion: options.apiVersion as string | undefined,
			});
			return list(await client.describe('Case'));
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}

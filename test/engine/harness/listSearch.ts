import './environment';

import { LoadOptionsContext } from 'n8n-core';
import type { IDataObject, INodeListSearchResult, INodeParameters, INodeType } from 'n8n-workflow';

import { additionalData, workflowFor } from './run';
import { startVirtualTime } from './time';
import { NODE_NAME } from './workflow';

export interface ListSearchOptions {
	node: INodeType;
	method: string;
	filter?: string;
	paginationToken?: string;
	/** What the open node holds, as the editor sends it. */
	parameters?: IDataObject;
	credentials?: Record<string, IDataObject>;
}

/** Calls `methods.listSearch[method]` in the context in which n8n's editor calls it. */
export async function runListSearch(options: ListSearchOptions): Promise<INodeListSearchResult> {
	const search = options.node.methods?.listSearch?.[options.method];
	if (!search) throw new Error(`the node has no listSearch method "${options.method}"`);
	const workflow = workflowFor(options);
	const data = additionalData(options, workflow);
	data.currentNodeParameters = (options.parameters ?? {}) as INodeParameters;
	const context = new LoadOptionsContext(workflow, workflow.getNode(NODE_NAME)!, data, '');
	const time = startVirtualTime();
	try {
		return await search.call(context, options.filter, options.paginationToken);
	} finally {
		time.restore();
	}
}

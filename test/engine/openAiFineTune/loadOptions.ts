import { LoadOptionsContext } from 'n8n-core';
import type { INodeParameters, INodePropertyOptions, INodeType } from 'n8n-workflow';

import type { ListSearchOptions } from '../harness';
import { additionalData, workflowFor } from '../harness/run';
import { NODE_NAME } from '../harness/workflow';

/** Calls `methods.loadOptions[method]` in the context in which n8n's editor calls it; gives the values. */
export async function loadOptions(
	options: Omit<ListSearchOptions, 'node'> & { node: INodeType },
): Promise<Array<INodePropertyOptions['value']>> {
	const load = options.node.methods?.loadOptions?.[options.method];
	if (!load) throw new Error(`the node has no loadOptions method "${options.method}"`);
	const workflow = workflowFor(options);
	const data = additionalData(options, workflow);
	data.currentNodeParameters = (options.parameters ?? {}) as INodeParameters;
	const context = new LoadOptionsContext(workflow, workflow.getNode(NODE_NAME)!, data, '');
	return (await load.call(context)).map(({ value }) => value);
}

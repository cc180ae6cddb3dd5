/** The small workflow around the node under test: Start -> Input 1..n -> Node <- sub-nodes. */
import type {
	IBinaryData,
	IBinaryKeyData,
	IConnections,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	NodeConnectionType,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';

export interface HarnessItem {
	json?: IDataObject;
	binary?: IBinaryKeyData;
	/** Stored by n8n before the node runs, in memory or on disk as `binaryMode` says. */
	files?: Record<string, { content: Buffer | string; fileName?: string; mimeType?: string }>;
}

export type SubNode =
	| {
			/** What `getInputConnectionData` gives to the node. */
			response: unknown;
	  }
	| {
			/** A sub-node of the package, which is then the one under test. */
			node: INodeType;
			parameters?: IDataObject;
			credentialNames?: string[];
	  };

export interface WorkflowParts {
	node: INodeType;
	inputs: HarnessItem[][];
	parameters: IDataObject;
	credentialNames: string[];
	onError: INode['onError'];
	typeVersion?: number;
	nodeId?: string;
	staticData?: IDataObject;
	subNodes: Partial<Record<NodeConnectionType, SubNode[]>>;
}

export const NODE_NAME = 'Node';
export const START_NAME = 'Start';

export function buildWorkflow(parts: WorkflowParts): Workflow {
	const types = new Map<string, INodeType>([['harness.start', startNode]]);
	const nodes: INode[] = [bareNode(START_NAME, 'harness.start')];
	const connections: IConnections = { [START_NAME]: { main: [[]] } };

	parts.inputs.forEach((items, index) => {
		const name = `Input ${index + 1}`;
		types.set(`harness.input${index}`, inputNode(items));
		nodes.push(bareNode(name, `harness.input${index}`));
		connections[START_NAME].main[0]!.push({ node: name, type: NodeConnectionTypes.Main, index: 0 });
		connections[name] = { main: [[{ node: NODE_NAME, type: NodeConnectionTypes.Main, index }]] };
	});

	for (const [type, subNodes] of Object.entries(parts.subNodes)) {
		subNodes.forEach((subNode, index) => {
			const name = `${type} ${index + 1}`;
			if ('node' in subNode) {
				const { node, parameters = {}, credentialNames = [] } = subNode;
				nodes.push(packageNode({ node, parameters, credentialNames, name }));
				types.set(`harness.${node.description.name}`, node);
			} else {
				types.set(`harness.${name}`, supplyNode(type as NodeConnectionType, subNode.response));
				nodes.push(bareNode(name, `harness.${name}`));
			}
			connections[name] = {
				[type]: [[{ node: NODE_NAME, type: type as NodeConnectionType, index: 0 }]],
			};
		});
	}

	nodes.push({
		...packageNode({ ...parts, name: NODE_NAME }),
		id: parts.nodeId ?? 'node-under-test',
		onError: parts.onError,
	});
	types.set(`harness.${parts.node.description.name}`, parts.node);

	return new Workflow({
		id: 'harness-workflow',
		name: 'Harness workflow',
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypes(types),
		settings: { executionOrder: 'v1' },
		staticData: parts.staticData,
	});
}

function packageNode({
	node,
	parameters,
	credentialNames,
	typeVersion,
	name: nodeName,
}: Pick<WorkflowParts, 'node' | 'parameters' | 'credentialNames' | 'typeVersion'> & {
	name: string;
}): INode {
	const { version, defaultVersion, name, properties } = node.description;
	const latest = Array.isArray(version) ? Math.max(...version) : version;
	const instance: INode = {
		...bareNode(nodeName, `harness.${name}`),
		typeVersion: typeVersion ?? defaultVersion ?? latest,
		credentials: Object.fromEntries(credentialNames.map((type) => [type, { id: '1', name: type }])),
	};
	// The Workflow class adds defaults as well, but silently drops what it does not know: a test must not.
	const known = new Set(properties.map((property) => property.name));
	for (const parameter of Object.keys(parameters)) {
		if (!known.has(parameter)) throw new Error(`${name} has no parameter "${parameter}"`);
	}
	instance.parameters = NodeHelpers.getNodeParameters(
		properties,
		parameters as INodeParameters,
		true,
		false,
		instance,
		node.description,
	)!;
	for (const parameter of Object.keys(parameters)) {
		if (!(parameter in instance.parameters)) {
			throw new Error(`"${parameter}" is not shown with these parameters, so n8n would drop it`);
		}
	}
	return instance;
}

function bareNode(name: string, type: string): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {} };
}

function nodeTypes(types: Map<string, INodeType>): INodeTypes {
	const get = (name: string) => {
		const type = types.get(name);
		if (!type) throw new Error(`unknown node type ${name}`);
		return type;
	};
	return { getByName: get, getByNameAndVersion: get, getKnownTypes: () => ({}) };
}

function description(name: string, outputs: NodeConnectionType[]): INodeType['description'] {
	return {
		name,
		displayName: name,
		description: '',
		group: [],
		version: 1,
		defaults: { name },
		inputs: outputs[0] === NodeConnectionTypes.Main ? [NodeConnectionTypes.Main] : [],
		outputs,
		properties: [],
	};
}

const startNode: INodeType = {
	description: description('start', [NodeConnectionTypes.Main]),
	async execute() {
		return [[{ json: {} }]];
	},
};

function inputNode(items: HarnessItem[]): INodeType {
	return {
		description: description('input', [NodeConnectionTypes.Main]),
		async execute(this: IExecuteFunctions) {
			return [await Promise.all(items.map(async (item) => await stored(this, item)))];
		},
	};
}

async function stored(ctx: IExecuteFunctions, item: HarnessItem): Promise<INodeExecutionData> {
	const binary: Record<string, IBinaryData> = { ...item.binary };
	for (const [property, file] of Object.entries(item.files ?? {})) {
		binary[property] = await ctx.helpers.prepareBinaryData(
			Buffer.from(file.content as string),
			file.fileName,
			// Without a type n8n would look at the bytes, by an import that jest cannot do.
			file.mimeType ?? 'text/plain',
		);
	}
	const hasBinary = Object.keys(binary).length > 0;
	return { json: item.json ?? {}, ...(hasBinary ? { binary } : {}), pairedItem: { item: 0 } };
}

function supplyNode(type: NodeConnectionType, response: unknown): INodeType {
	return {
		description: description(type, [type]),
		async supplyData() {
			return { response };
		},
	};
}

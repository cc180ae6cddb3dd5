// Loads an unpacked package in n8n-core's own loader and prints its public names as JSON.
require('reflect-metadata');
const { PackageDirectoryLoader } = require('n8n-core');

main(process.argv[2]).catch((error) => {
	console.error(error);
	process.exitCode = 1;
});

async function main(directory) {
	const loader = new PackageDirectoryLoader(directory);
	await loader.loadAll();
	const { n8n } = require(`${directory}/package.json`);
	const nodes = Object.values(loader.nodeTypes).map(({ type }) => describe(type.description));
	const credentials = Object.values(loader.credentialTypes).map(({ type }) => describe(type));
	if (nodes.length !== n8n.nodes.length)
		throw new Error(`${n8n.nodes.length} nodes are named in package.json, ${nodes.length} loaded`);
	if (credentials.length !== n8n.credentials.length)
		throw new Error(
			`${n8n.credentials.length} credentials are named in package.json, ${credentials.length} loaded`,
		);
	for (const { type } of Object.values(loader.nodeTypes)) {
		if (!type.description.iconUrl)
			throw new Error(`${type.description.name} has no icon in the package`);
	}
	process.stdout.write(JSON.stringify({ nodes, credentials }));
}

function describe({ name, version, properties }) {
	return {
		name,
		...(version === undefined ? {} : { version }),
		parameters: [...new Set(namesOf(properties))].sort(),
	};
}

/** `a.b` is parameter b of collection a, `a=v` a value that option list a offers. */
function* namesOf(properties, prefix = '') {
	for (const { name, type, options, values, modes } of properties) {
		const path = prefix + name;
		yield path;
		for (const mode of modes ?? []) yield `${path}@${mode.name}`;
		if (values) yield* namesOf(values, `${path}.`);
		for (const option of options ?? []) {
			if ('value' in option) yield `${path}=${option.value}`;
			else yield* namesOf([option], `${path}.`);
		}
		if (type === undefined && !values) throw new Error(`${path} has no type`);
	}
}
